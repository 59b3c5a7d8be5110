import { object } from '../../../test/checks/cluster.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it exists', {}, 'passed'],
  [
    'it does not',
    { authConfigMap: null },
    [{ says: 'trust no client certificate', at: { object }, command: 'kubectl -n kube-system logs' }],
  ],
  ['nobody may read it', { authConfigMap: unknown }, 'skipped'],
];
