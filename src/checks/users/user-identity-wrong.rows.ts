import { me, refused, request } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['404 from the extension server', request({}), 'passed'],
  ['the right name', refused(me), 'passed'],
  [
    'that of the front proxy',
    refused('front-proxy-client'),
    [
      {
        says: 'see every user as `front-proxy-client`: `v1alpha1.wardle.example.com` rejects',
        fix: 'aggctl sees the front-proxy pair of every control-plane node',
        command: 'get configmap',
      },
    ],
  ],
  [
    'nobody sees the pair',
    { ...refused('front-proxy-client'), proxyClientCert: unknown },
    [{ fix: 'on each control-plane node', command: 'sudo aggctl doctor' }],
  ],
  [
    'that of one node is not seen',
    { ...refused('front-proxy-client'), beside: [{ proxyClientCert: unknown }] },
    [{ fix: 'Check the front-proxy pair on cp-2', command: 'sudo aggctl doctor' }],
  ],
];
