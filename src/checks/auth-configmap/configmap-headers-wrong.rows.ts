import { object } from '../../../test/checks/configmap.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['each has its own', {}, 'passed'],
  [
    'another header of users, in another case, and one of a proxy',
    configMap({ usernameHeaders: ['x-remote-user', 'X-Other', 'X-Remote-Group'] }),
    'passed',
  ],
  [
    'the header of groups before that of users',
    configMap({ usernameHeaders: ['X-Remote-Group', 'X-Remote-User'] }),
    [
      {
        says: "take the value of `X-Remote-Group` for the user's name",
        at: { object, field: 'data[requestheader-username-headers]' },
        evidence: '`requestheader-username-headers`: `X-Remote-Group` and `X-Remote-User`',
        command: `--type=merge -p '{"data":{"requestheader-username-headers":"[\\"X-Remote-User\\"]"}}'`,
      },
    ],
  ],
  [
    'the header of users among those of groups',
    configMap({ groupHeaders: ['x-remote-user', 'X-Remote-Group'] }),
    [{ severity: 'warning', says: "a group of the user's own name", command: 'requestheader-group-headers' }],
  ],
  [
    'both, and nothing else is left',
    configMap({ usernameHeaders: ['X-Remote-Group'], groupHeaders: ['X-Remote-User'] }),
    [{ command: `"requestheader-username-headers":"[\\"X-Remote-User\\"]","requestheader-group-headers":"[\\"X-Remote-Group\\"]"` }],
  ],
  ['there are no lists', configMap({ usernameHeaders: null, groupHeaders: null }), 'passed'],
  ['there is no ConfigMap', { authConfigMap: null }, 'inapplicable'],
];
