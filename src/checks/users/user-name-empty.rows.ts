import type { Row } from '../../../test/checks/row.ts';
import { unknown } from '../../../test/support/facts.ts';

export const unrecorded = 'no authenticator of the lab maps a user without a name';
export const rows: readonly Row[] = [
  ['it has one', {}, 'passed'],
  ['nobody knows', { identity: unknown }, 'skipped'],
  [
    'it has none',
    { identity: { user: '', groups: ['system:masters', 'system:authenticated'] } },
    [{ says: 'your user has no name', evidence: 'empty user name, with the groups system:masters', command: 'aws-auth' }],
  ],
  ['it has neither name nor groups', { identity: { user: '', groups: [] } }, [{ evidence: 'with the groups (none)' }]],
];
