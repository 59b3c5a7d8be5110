import { byName } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, flags, healthy, unknown } from '../../../test/support/facts.ts';

const users = 'requestheader-username-headers';

export const rows: readonly Row[] = [
  ['the standard header', {}, 'passed'],
  ['in any case', flags({ [users]: 'x-remote-user' }), 'passed'],
  ['among others', flags({ [users]: 'X-User,X-Remote-User' }), 'passed'],
  [
    'absent, in the ConfigMap too',
    { ...flags({ [users]: null }), ...configMap({ usernameHeaders: [] }) },
    [
      {
        says: '`--requestheader-username-headers` is not set',
        at: healthy.flags.at,
        command: 'Set --requestheader-username-headers=X-Remote-User',
      },
    ],
  ],
  [
    'another header, in the ConfigMap too',
    { ...flags({ [users]: 'X-User' }), ...configMap({ usernameHeaders: ['X-User'] }) },
    [{ says: 'is `X-User`, without X-Remote-User', at: byName[users]?.at }],
  ],
  ['the ConfigMap still names it', flags({ [users]: null }), [{ says: 'work only while', severity: 'warning', latent: true }]],
  [
    'nobody knows the ConfigMap',
    { ...flags({ [users]: '' }), authConfigMap: unknown },
    [{ says: 'is not set', evidence: 'the ConfigMap could not be read' }],
  ],
];
