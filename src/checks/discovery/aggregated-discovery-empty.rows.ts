import { apiService, published, serving, settledAt } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it is published', {}, 'passed'],
  [
    'there are no resources at all',
    { apiService: { ...apiService, ...settledAt }, discovery: serving(), ...published({ resources: [] }) },
    'passed',
  ],
  ['it is new', { apiService: { ...apiService, ...settledAt, createdAt: healthy.now }, ...published({ resources: [] }) }, 'passed'],
  [
    'its resources are left out',
    { apiService: { ...apiService, ...settledAt }, ...published({ resources: [] }) },
    [{ says: 'omits them from its aggregated discovery', evidence: 'flunders' }],
  ],
  [
    'it is stale, which is another check',
    { apiService: { ...apiService, ...settledAt }, ...published({ stale: true, resources: [] }) },
    'passed',
  ],
  [
    'another version of it lists none',
    { apiService: { ...apiService, ...settledAt }, ...published({ version: 'v9', resources: [] }) },
    'passed',
  ],
  [
    'the document is none, which is another check',
    {
      apiService: { ...apiService, ...settledAt },
      discovery: { ...answers(200), document: { fault: 'a page' } },
      ...published({ resources: [] }),
    },
    'passed',
  ],
];
