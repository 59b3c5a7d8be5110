import { failed, published, serving, untrusted } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it is one', {}, 'passed'],
  ['it serves nothing', failed(untrusted), 'passed'],
  ['an empty list', { discovery: serving() }, 'passed'],
  [
    'a page',
    {
      discovery: { ...answers(200), document: { fault: '200 with text/html that is no JSON: "<html>"' } },
      ...published({ stale: true }),
    },
    [{ evidence: ['text/html', 'shows the version as Stale'], command: 'kubectl get --raw' }],
  ],
  [
    'a page, and another version of it is stale',
    {
      discovery: { ...answers(200), document: { fault: 'a page' } },
      ...published({ version: 'v9', stale: true }),
    },
    [{ evidence: ['the answer is a page'] }],
  ],
];
