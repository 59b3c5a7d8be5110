import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { frontProxyNames, frontProxyGrants as grantsFor } from '../front-proxy-grants.ts';
import { authConfigMap } from './auth-configmap.ts';
import { bindings } from './bindings.ts';
import { valuesOf } from './of-each.ts';

/** Those of more than kubelets' own API; null: the recording is older than the question. */
export const frontProxyGrants = fact({
  name: 'frontProxyGrants',
  needs: { authConfigMap: maybe(authConfigMap), certificates: maybe(each(proxyClientCert)), bindings: maybe(bindings) },
  read: ({ authConfigMap, certificates, bindings }, ask) =>
    grantsFor(ask, bindings, frontProxyNames(authConfigMap, certificates.ok ? valuesOf(certificates.value) : [])),
});
