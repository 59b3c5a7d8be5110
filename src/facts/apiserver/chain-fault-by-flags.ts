import { moment } from '../cluster/now.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { requestheaderCa } from './requestheader-ca.ts';
import { trustFault } from './trust.ts';

/** Whether extension servers accept the pair now when they follow this kube-apiserver's own flags. null: they do, or it does not arise. */
export const chainFaultByFlags = fact({
  name: 'chainFaultByFlags',
  of: apiserver,
  needs: { proxyClientCert, requestheaderCa, moment },
  from: ({ proxyClientCert, requestheaderCa, moment }) => trustFault(proxyClientCert, requestheaderCa?.certificates, moment),
});
