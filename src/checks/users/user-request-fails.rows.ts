import { differs } from '../../../test/checks/differing.ts';
import { request } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['404 from the extension server', request({}), 'passed'],
  ['nothing was asked', { userRequest: null }, 'passed'],
  ['500', request({ status: 500, text: 'no storage' }), [{ says: 'fail with 500', evidence: '500 `no storage`' }]],
  [
    '500, as one of several equal requests',
    { ...request({ status: 500, text: 'no storage' }), ...differs([answers(200), answers(500)]) },
    'passed',
  ],
  [
    'no answer',
    request({ status: null, text: 'no answer within 10 s' }),
    [{ says: 'get no answer, although', evidence: 'no answer within 10 s' }],
  ],
];
