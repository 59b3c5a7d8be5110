import { group, listed, own, response, url } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';
import { keda } from '../../products/keda.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['another status', unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 500`), 'passed'],
  [
    'it answers 404, and serves another version',
    {
      ...unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 404`),
      apiServices: [own(100), listed({ group, version: 'v1beta2', service: 'wardle/api' })],
    },
    [{ says: 'answers but does not serve it', evidence: `other APIServices with the same Service: ${group}/v1beta2` }],
  ],
  [
    'it answers 404, and serves nothing else',
    { ...unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 404`), apiServices: [own(100)] },
    [{ evidence: ['404'] }],
  ],
  [
    'an adapter without rules for the group',
    {
      ...unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 404`, { group: 'external.metrics.k8s.io' }),
      apiServices: [own(100)],
    },
    [{ fix: '(prometheus-adapter: `externalRules`)', command: 'get configmaps' }],
  ],
  [
    'an adapter that needs no rules',
    {
      ...unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 404`, { group: 'external.metrics.k8s.io' }),
      apiServices: [own(100)],
      product: keda,
    },
    [{ fix: 'Find out from its image and log which group versions it serves' }],
  ],
];
