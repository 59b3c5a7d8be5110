import type { Row } from '../../../test/checks/row.ts';
import { healthy, unavailable } from '../../../test/support/facts.ts';
import type { ComplaintKind } from '../../model.ts';

const metrics = unavailable('MissingEndpoints', '', { name: 'v1beta1.metrics.k8s.io', group: 'metrics.k8s.io', version: 'v1beta1' });
const blind = (name: string, api = 'metrics.k8s.io', kind: ComplaintKind = 'unserved') => ({
  name,
  api,
  kind,
  since: healthy.now,
  refused: null,
  ofKeda: false,
  text: 'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server is currently unable to handle the request (get pods.metrics.k8s.io)',
});

export const rows: readonly Row[] = [
  ['nothing fails', {}, 'passed'],
  ['none lacks them', metrics, 'passed'],
  ['one lacks those of another API', { ...metrics, autoscalersWithoutMetrics: [blind('shop/web', 'external.metrics.k8s.io')] }, 'passed'],
  [
    'one says what it got while the API served',
    { ...metrics, autoscalersWithoutMetrics: [blind('shop/web', 'metrics.k8s.io', 'no-pod-metrics')] },
    'passed',
  ],
  [
    'one lacks them',
    { ...metrics, autoscalersWithoutMetrics: [blind('shop/web')] },
    [{ says: 'A HorizontalPodAutoscaler scales neither up nor down while `v1beta1.metrics.k8s.io` does not serve: shop/web.' }],
  ],
  [
    'two lack them',
    { ...metrics, autoscalersWithoutMetrics: [blind('shop/web'), blind('shop/api')] },
    [{ says: '2 HorizontalPodAutoscalers scale neither up nor down', evidence: 'unable to handle the request' }],
  ],
];
