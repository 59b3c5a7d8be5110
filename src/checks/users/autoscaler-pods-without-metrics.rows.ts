import { ago, asking, autoscaler, serving, unscraped } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const group = 'metrics.k8s.io';
const metrics = { ...serving(group), scraping: null };
const blind = asking(autoscaler(group, 'no-pod-metrics'));

export const unrecorded = 'needs pods without metrics beside a metrics-server that runs; its texts are recorded upstream';
export const rows: readonly Row[] = [
  ['no API of metrics', {}, 'inapplicable'],
  ['nobody complains', metrics, 'passed'],
  ['pods without a request for CPU are no complaint', { ...metrics, ...asking() }, 'passed'],
  ['pods that have just started', { ...metrics, ...asking(autoscaler(group, 'no-pod-metrics', { since: ago(90) })) }, 'passed'],
  ['forbidden', { ...metrics, ...asking(autoscaler(group, 'forbidden')) }, 'passed'],
  [
    'the API is down',
    { ...unavailable('MissingEndpoints', '', { name: `v1beta1.${group}`, group, version: 'v1beta1' }), scraping: null, ...blind },
    'passed',
  ],
  [
    'nobody knows which nodes are scraped',
    { ...metrics, ...blind },
    [
      {
        says: 'scales neither up nor down although `v1beta1.metrics.k8s.io` is available',
        command: 'kubectl top nodes',
      },
    ],
  ],
  [
    'a node is not scraped',
    { ...metrics, ...blind, ...unscraped(3, { a: 'unreachable' }) },
    [{ fix: 'the log of the provider says why it is not scraped' }],
  ],
  [
    'every node is scraped: the pods are not ready',
    { ...metrics, ...blind, ...unscraped(3, {}) },
    [
      {
        says: 'Not an aggregation fault: a HorizontalPodAutoscaler gets no metrics of pods',
        severity: 'info',
        command: 'kubectl -n shop get pods -o wide',
      },
    ],
  ],
];
