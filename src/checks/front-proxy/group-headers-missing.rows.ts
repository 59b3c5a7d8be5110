import { byName } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, flags, healthy, unknown } from '../../../test/support/facts.ts';

const groups = 'requestheader-group-headers';

export const rows: readonly Row[] = [
  ['the standard header', {}, 'passed'],
  ['in any case', flags({ [groups]: 'X-REMOTE-GROUP' }), 'passed'],
  [
    'absent, in the ConfigMap too',
    { ...flags({ [groups]: null }), ...configMap({ groupHeaders: [] }) },
    [{ says: 'Users lose their groups', at: healthy.flags.at, command: 'Set --requestheader-group-headers=X-Remote-Group' }],
  ],
  [
    'another header, in the ConfigMap too',
    { ...flags({ [groups]: 'X-Group' }), ...configMap({ groupHeaders: ['X-Group'] }) },
    [{ says: 'is `X-Group`, without X-Remote-Group', at: byName[groups]?.at }],
  ],
  ['the ConfigMap still names it', flags({ [groups]: null }), [{ says: 'keep their groups', severity: 'warning', latent: true }]],
  [
    'nobody knows the ConfigMap',
    { ...flags({ [groups]: null }), authConfigMap: unknown },
    [{ evidence: 'the ConfigMap could not be read' }],
  ],
];
