import { entry, object } from '../../../test/checks/configmap.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it matches the flags', {}, 'passed'],
  ['written by hand, which is another check', { unclaimedEntries: [entry('intruder', 'kubectl-edit')] }, 'passed'],
  [
    'an old CA and two old names',
    {
      unclaimedEntries: [
        entry('CN=old-ca, serial 1F', 'kube-apiserver', 'requestheader-client-ca-file'),
        entry('a', 'real-kube-apiserver'),
        entry('b', null),
      ],
    },
    [
      {
        says: '`CN=old-ca, serial 1F` (requestheader-client-ca-file), `a` (requestheader-allowed-names) and `b`',
        at: { object, field: 'data[requestheader-client-ca-file]' },
        fix: 'remove only these entries and leave the rest',
        command: '# without CN=old-ca, serial 1F, a and b',
      },
    ],
  ],
  ['it is unknown', { unclaimedEntries: null }, 'inapplicable'],
];
