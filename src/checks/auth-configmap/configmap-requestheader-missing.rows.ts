import { object } from '../../../test/checks/cluster.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['all is there', {}, 'passed'],
  [
    'no CA',
    configMap({ requestheaderCa: null }),
    [
      {
        says: '`requestheader-client-ca-file` is missing or empty',
        at: { object, field: 'data[requestheader-client-ca-file]' },
        command: 'aggctl flags',
        explainedBy: ['requestheader-ca-missing', 'requestheader-ca-expired'],
      },
    ],
  ],
  ['an empty one', configMap({ requestheaderCa: [] }), [{ says: '`requestheader-client-ca-file` is' }]],
  [
    'no header with the name',
    configMap({ usernameHeaders: [] }),
    [
      {
        at: { object, field: 'data[requestheader-username-headers]' },
        explainedBy: ['username-headers-missing'],
      },
    ],
  ],
  [
    'neither',
    configMap({ requestheaderCa: null, usernameHeaders: null }),
    [{ says: '`requestheader-client-ca-file` and `requestheader-username-headers` are missing' }],
  ],
  [
    'a CA that does not parse is not missing',
    configMap({ requestheaderCa: [], malformed: [{ key: 'requestheader-client-ca-file', reason: 'x' }] }),
    'passed',
  ],
  ['there is no ConfigMap', { authConfigMap: null }, 'inapplicable'],
];
