import { clientCaIdentity as identityByClientCa } from '../client-ca-identity.ts';
import { moment } from '../cluster/now.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { clientCa } from './client-ca.ts';
import { proxyClientCert } from './proxy-client-cert.ts';

/** Whom extension servers take the pair for as an ordinary client certificate of `--client-ca-file`. null: it is none. */
export const clientCaIdentity = fact({
  name: 'clientCaIdentity',
  of: apiserver,
  needs: { proxyClientCert, clientCa, moment },
  from: ({ proxyClientCert, clientCa, moment }) => identityByClientCa(proxyClientCert, clientCa, moment),
});
