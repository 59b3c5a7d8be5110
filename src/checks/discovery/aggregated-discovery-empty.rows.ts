import { apiService, published, serving, settledAt } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';

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
];
