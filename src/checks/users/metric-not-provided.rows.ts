import { blind, metricsApi, unfetched } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers } from '../../../test/support/facts.ts';

const custom = 'custom.metrics.k8s.io';
const unknown = 'the server could not find the metric http_requests for pods';
const says = (error: string) => ({ ...metricsApi(custom), autoscalersWithoutMetrics: [blind(unfetched(error, custom), custom)] });

/** No recording of ours has an autoscaler. */
export const unrecorded = 'the lab runs no kube-controller-manager with autoscalers; rows take the texts of the programs';

export const rows: readonly Row[] = [
  ['no autoscaler complains', metricsApi(custom), 'passed'],
  ['another error', says('the server is currently unable to handle the request'), 'passed'],
  [
    'no such metric',
    says(unknown),
    [
      {
        says: 'the adapter does not have its metric: shop/web.',
        evidence: unknown,
        fix: 'prometheus-adapter: `rules`',
        command: 'kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1',
      },
    ],
  ],
  [
    'no value',
    {
      ...metricsApi(custom),
      autoscalersWithoutMetrics: [blind('unable to get metric x: no metrics returned from custom metrics API', custom)],
    },
    [{ says: 'the adapter has no value of its metric' }],
  ],
  [
    'an adapter without rules lists none',
    { ...says(unknown), discovery: { ...answers(200), document: { resources: [] } } },
    [{ says: 'the adapter lists no metric at all', evidence: [unknown, 'lists no resources'] }],
  ],
];
