import { blind, metricsApi, scraped } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';

const text = 'failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)';
const lacking = (since?: number) => ({ ...metricsApi(), autoscalersWithoutMetrics: [blind(text, 'metrics.k8s.io', since)] });

/** No recording of ours has an autoscaler. */
export const unrecorded = 'the lab runs no kube-controller-manager with autoscalers; rows take the texts of the programs';

export const rows: readonly Row[] = [
  ['no autoscaler complains', metricsApi(), 'passed'],
  ['it has just begun', { ...lacking(30_000), scraping: null }, 'passed'],
  [
    'nobody knows which nodes are scraped',
    { ...lacking(), scraping: null },
    [
      {
        says: 'scales neither up nor down although `v1beta1.metrics.k8s.io` is available',
        evidence: text,
        command: 'kubectl top nodes',
      },
    ],
  ],
  [
    'every node has metrics, so it is the pods',
    { ...lacking(), ...scraped([]) },
    [{ says: 'Not an aggregation fault', fix: 'Check the pods', severity: 'info' }],
  ],
];
