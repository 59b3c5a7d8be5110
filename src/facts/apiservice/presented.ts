import { provider } from '../cluster/provider.ts';
import { fact } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { nobodyLooked, serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { backendFacts } from './backend-facts.ts';
import { behind, onNode } from './behind.ts';
import { dialedAgain, onTheWay } from './on-the-way.ts';
import { readServing } from './read-serving.ts';

/** What is seen of the extension server's TLS: `dials` and `serving`. */
export const presented = fact({
  name: 'presented',
  of: apiservice,
  internal: true,
  needs: { behind, onTheWay, dialedAgain, apiService, backendFacts, onNode, userOptions, provider },
  per: ({ behind, onTheWay, dialedAgain, apiService }) =>
    `${behind === 'certificate' || onTheWay} ${dialedAgain} ${serviceKey(apiService)}:${apiService.service.port}`,
  read: async ({ behind, onTheWay, dialedAgain, apiService, backendFacts, onNode, userOptions, provider }, ask) => {
    // A snapshot of before does not hold it.
    const wanted = onTheWay || (behind === 'certificate' && backendFacts?.backend.ok);
    if (!backendFacts || !(wanted || dialedAgain)) return nobodyLooked;
    const seen = await readServing(ask, apiService, backendFacts, { onNode, userOptions, provider });
    // Where nobody listens there is no certificate to be missed.
    return { ok: true, value: wanted || seen.serving.ok ? seen : { ...seen, serving: nobodyLooked } };
  },
});
