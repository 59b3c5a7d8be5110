import { me, refused, request } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['404 from the extension server', request({}), 'passed'],
  ['the right name', refused(me), 'passed'],
  [
    'that of the front proxy',
    refused('front-proxy-client'),
    [{ says: 'see every user as `front-proxy-client`: `v1alpha1.wardle.example.com` rejects' }],
  ],
];
