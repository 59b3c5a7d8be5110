import { serverClock } from '../cluster/clock-skew.ts';
import { server } from '../cluster/connection.ts';
import { endpoints } from '../cluster/endpoints.ts';
import { user } from '../cluster/identity.ts';
import { divisionAmong } from '../endpoints.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';

/** null: the kube-apiservers agree, or there is one, or they could not be asked one by one. */
export const disagreement = fact({
  name: 'disagreement',
  of: apiservice,
  needs: { endpoints: maybe(endpoints), discovery: maybe(discovery), server, user, serverClock },
  read: async ({ endpoints, discovery, server, user, serverClock }, ask, one) => ({
    ok: true,
    value: await divisionAmong(ask, one, endpoints.ok ? endpoints.value : [], { server, user, own: discovery, serverClock }),
  }),
});
