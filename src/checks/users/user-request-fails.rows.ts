import { request } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['404 from the extension server', request({}), 'passed'],
  ['nothing was asked', { userRequest: null }, 'passed'],
  ['500', request({ status: 500, text: 'no storage' }), [{ says: 'fail with 500', evidence: '500 `no storage`' }]],
  [
    'no answer',
    request({ status: null, text: 'no answer within 10 s' }),
    [{ says: 'get no answer, although', evidence: 'no answer within 10 s' }],
  ],
];
