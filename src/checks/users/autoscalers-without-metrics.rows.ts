import { blind as complaining, unfetched } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const metrics = unavailable('MissingEndpoints', '', { name: 'v1beta1.metrics.k8s.io', group: 'metrics.k8s.io', version: 'v1beta1' });
const blind = (name: string, api = 'metrics.k8s.io') => ({
  ...complaining(unfetched('the server is currently unable to handle the request (get pods.metrics.k8s.io)', api), api),
  name,
});

export const rows: readonly Row[] = [
  ['nothing fails', {}, 'passed'],
  ['none lacks them', metrics, 'passed'],
  ['one lacks those of another API', { ...metrics, autoscalersWithoutMetrics: [blind('shop/web', 'external.metrics.k8s.io')] }, 'passed'],
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
