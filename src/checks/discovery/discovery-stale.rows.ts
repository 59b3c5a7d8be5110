import { apiService, failed, published, settledAt, untrusted } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it is published', {}, 'passed'],
  [
    'it has just become available',
    { apiService: { ...apiService, ...settledAt, createdAt: healthy.now }, ...published({ stale: true }) },
    'passed',
  ],
  ['it does not serve', { ...failed(untrusted), ...published({ stale: true }) }, 'passed'],
  ['nobody asked', { publishedVersions: null }, 'passed'],
  [
    'it is stale',
    { apiService: { ...apiService, ...settledAt }, ...published({ stale: true, resources: [] }) },
    [{ evidence: 'freshness: Stale' }],
  ],
  [
    'another version of it is stale',
    { apiService: { ...apiService, ...settledAt }, ...published({ version: 'v9', stale: true }) },
    'passed',
  ],
  [
    'the document is none, which is another check',
    {
      apiService: { ...apiService, ...settledAt },
      discovery: { ...answers(200), document: { fault: 'a page' } },
      ...published({ stale: true }),
    },
    'passed',
  ],
  [
    'nobody may read the document',
    { apiService: { ...apiService, ...settledAt }, discovery: answers(403), ...published({ stale: true }) },
    'passed',
  ],
];
