import { blind, unfetched } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';

const none = 'no custom metrics API (custom.metrics.k8s.io) registered';
const lacking = (since?: number) => ({
  autoscalersWithoutMetrics: [blind(unfetched(none, 'custom.metrics.k8s.io'), 'custom.metrics.k8s.io', since)],
});

/** No recording of ours has an autoscaler. */
export const unrecorded = 'the lab runs no kube-controller-manager with autoscalers; rows take the texts of the programs';

export const rows: readonly Row[] = [
  ['no autoscaler complains', {}, 'passed'],
  ['it has just begun', lacking(30_000), 'passed'],
  [
    'nobody registers the group',
    lacking(),
    [
      {
        says: 'no APIService registers `custom.metrics.k8s.io`: shop/web.',
        evidence: [none, 'metrics APIs that are registered'],
        fix: 'prometheus-adapter',
      },
    ],
  ],
];
