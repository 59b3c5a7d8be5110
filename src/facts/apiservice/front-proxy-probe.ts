import { apiservers } from '../apiserver/apiserver.ts';
import { authConfigMap } from '../cluster/auth-configmap.ts';
import { announced } from '../cluster/kube-apiserver-addresses.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { backendFacts } from './backend-facts.ts';
import { behind } from './behind.ts';
import { discovery } from './discovery.ts';
import { isReady } from './on-the-way.ts';
import { frontProxyOf, probeAsFrontProxy } from './probe-as-front-proxy.ts';
import { targetOf } from './user-request.ts';

const frontProxy = fact({
  name: 'frontProxy',
  internal: true,
  needs: { userOptions, all: maybe(apiservers), authConfigMap: maybe(authConfigMap), announced },
  from: ({ userOptions, all, authConfigMap, announced }) =>
    userOptions.asFrontProxy && all.ok ? frontProxyOf(all.value, authConfigMap, announced) : null,
});
/** Only with `--as-front-proxy`; null also where nobody asked so when this was recorded. */
export const frontProxyProbe = fact({
  name: 'frontProxyProbe',
  of: apiservice,
  needs: { behind, frontProxy, backendFacts, discovery: maybe(discovery) },
  read: ({ behind, frontProxy, backendFacts, discovery }, ask, one) => {
    const object = discovery.ok ? targetOf(one, discovery.value.document) : null;
    return behind === 'all' && frontProxy && backendFacts && isReady(backendFacts)
      ? probeAsFrontProxy(ask, one, backendFacts, frontProxy, object?.path ?? null)
      : nobodyLooked;
  },
});
