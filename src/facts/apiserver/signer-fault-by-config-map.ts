import { authConfigMap } from '../cluster/auth-configmap.ts';
import { moment } from '../cluster/now.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { signerFault } from './trust.ts';

/** The same when they follow the ConfigMap as it is now. */
export const signerFaultByConfigMap = fact({
  name: 'signerFaultByConfigMap',
  of: apiserver,
  needs: { proxyClientCert, authConfigMap, moment },
  from: ({ proxyClientCert, authConfigMap, moment }) => signerFault(proxyClientCert, authConfigMap?.requestheaderCa, moment),
});
