import { moment } from '../cluster/now.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { requestheaderCa } from './requestheader-ca.ts';
import { signerFault } from './trust.ts';

/** The same at a moment inside the certificate's validity: what stays wrong after a renewal. */
export const signerFaultByFlags = fact({
  name: 'signerFaultByFlags',
  of: apiserver,
  needs: { proxyClientCert, requestheaderCa, moment },
  from: ({ proxyClientCert, requestheaderCa, moment }) => signerFault(proxyClientCert, requestheaderCa?.certificates, moment),
});
