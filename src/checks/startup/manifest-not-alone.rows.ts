import type { Row } from '../../../test/checks/row.ts';
import { manifest } from '../../../test/checks/startup.ts';
import { healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['alone', {}, 'passed'],
  [
    'a backup beside it',
    { duplicateManifests: [{ file: `${manifest}.bak`, line: 14 }] },
    [{ says: `\`${manifest}.bak\``, command: `mv ${manifest}.bak /root/` }],
  ],
  ['seen from afar', { flags: { ...healthy.flags, origin: 'mirror pod' } }, 'inapplicable'],
];
