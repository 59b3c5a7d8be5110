import { entry, names, object } from '../../../test/checks/configmap.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it matches the flags', {}, 'passed'],
  ['left over by kube-apiserver itself', { unclaimedEntries: [entry('aggregator', 'kube-apiserver')] }, 'passed'],
  ['left over by the kube-apiserver inside of k3s', { unclaimedEntries: [entry('aggregator', 'k3s')] }, 'passed'],
  [
    'written by hand',
    { unclaimedEntries: [entry('intruder', 'kubectl-edit')] },
    [
      {
        says: 'contains `intruder` (requestheader-allowed-names), written by `kubectl-edit`',
        at: { object, field: `data[${names}]` },
        evidence: 'last write by kubectl-edit: 2d ago',
        command: 'kubectl -n kube-system edit configmap',
      },
    ],
  ],
  ['it is unknown', { unclaimedEntries: null }, 'inapplicable'],
];
