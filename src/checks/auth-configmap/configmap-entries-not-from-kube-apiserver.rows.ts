import { entry, names, object } from '../../../test/checks/configmap.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it holds what the flags say', {}, 'passed'],
  ['left over by kube-apiserver itself', { unclaimedEntries: [entry('aggregator', 'kube-apiserver')] }, 'passed'],
  ['left over by the kube-apiserver inside of k3s', { unclaimedEntries: [entry('aggregator', 'k3s')] }, 'passed'],
  [
    'written by hand',
    { unclaimedEntries: [entry('intruder', 'kubectl-edit')] },
    [
      {
        says: 'holds `intruder` (requestheader-allowed-names), written by `kubectl-edit`',
        at: { object, field: `data[${names}]` },
        evidence: 'kubectl-edit wrote there 2d ago',
        command: 'kubectl -n kube-system edit configmap',
      },
    ],
  ],
  ['it cannot be told', { unclaimedEntries: null }, 'inapplicable'],
];
