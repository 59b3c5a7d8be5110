import { provider } from '../cluster/provider.ts';
import { fact } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { backendFacts } from './backend-facts.ts';
import { behind, onNode } from './behind.ts';
import { onTheWay } from './on-the-way.ts';
import { readServing } from './read-serving.ts';

/** What is seen of the extension server's TLS: `dials` and `serving`. */
export const presented = fact({
  name: 'presented',
  of: apiservice,
  internal: true,
  needs: { behind, onTheWay, apiService, backendFacts, onNode, userOptions, provider },
  per: ({ behind, onTheWay, apiService }) => `${behind === 'certificate' || onTheWay} ${serviceKey(apiService)}:${apiService.service.port}`,
  read: async ({ behind, onTheWay, apiService, backendFacts, onNode, userOptions, provider }, ask) => {
    // A snapshot of before does not hold it.
    const wanted = onTheWay || (behind === 'certificate' && backendFacts?.backend.ok);
    return {
      ok: true,
      value: wanted && backendFacts ? await readServing(ask, apiService, backendFacts, { onNode, userOptions, provider }) : null,
    };
  },
});
