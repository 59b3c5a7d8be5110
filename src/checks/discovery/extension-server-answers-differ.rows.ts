import type { Row } from '../../../test/checks/row.ts';
import { answers, unavailable } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['all fail', { discovery: answers(500, 'x'), repeated: [answers(500, 'x'), answers(500, 'x')] }, 'passed'],
  [
    'kube-apiservers disagree: another check',
    {
      discovery: answers(500, 'x'),
      repeated: [answers(200)],
      disagreement: { serving: ['cp-1'], failing: [{ name: 'cp-2', signature: 'other', text: 'x', meaning: 'x' }] },
    },
    'passed',
  ],
  [
    'Available is not True: another check',
    { ...unavailable('FailedDiscoveryCheck', 'x'), discovery: answers(500, 'x'), repeated: [answers(200)] },
    'passed',
  ],
  [
    'some fail',
    { discovery: answers(500, 'x'), repeated: [answers(200), answers(200), answers(500, 'x')] },
    [{ says: '2 of 4 requests', evidence: '`500 x`' }],
  ],
  [
    'users get an answer of some',
    { discovery: answers(403, 'x'), repeated: [answers(200), answers(500, 'x')] },
    [{ effects: ['users get 403 and 500'] }],
  ],
  ['users get nothing but server errors', { discovery: answers(200), repeated: [answers(500, 'x')] }, [{ effects: [] }]],
];
