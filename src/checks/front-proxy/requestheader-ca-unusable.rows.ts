import { absent } from '../../../test/checks/front-proxy-files.ts';
import type { Row } from '../../../test/checks/row.ts';
import { file, places } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  [
    'it holds none, on another distribution',
    { requestheaderCa: file('requestheaderCa', { is: 'unusable', certificates: [], fault: 'x' }), distribution: null },
    [{ fix: 'a backup.' }],
  ],
  ['it holds a certificate', {}, 'passed'],
  ['it is absent, which is another check', { requestheaderCa: file('requestheaderCa', absent) }, 'passed'],
  [
    'it holds none',
    {
      requestheaderCa: file('requestheaderCa', {
        is: 'unusable',
        certificates: [],
        fault: 'data does not contain any valid RSA or ECDSA certificates',
      }),
    },
    [
      {
        says: 'kube-apiserver cannot start',
        at: places.ca,
        evidence: '`data does not contain any valid RSA or ECDSA certificates`',
        command: 'scp root@OTHER-NODE:',
      },
    ],
  ],
  ['no flag names it', { requestheaderCa: null }, 'inapplicable'],
];
