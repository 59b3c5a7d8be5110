import { blind, metricsApi, unfetched } from '../../../test/checks/autoscalers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const external = 'external.metrics.k8s.io';
const busy = 'the server is currently unable to handle the request (get queue.external.metrics.k8s.io)';
const says = (error: string, since?: number) => ({
  ...metricsApi(external),
  autoscalersWithoutMetrics: [blind(unfetched(error, external), external, since)],
});

/** No recording of ours has an autoscaler. */
export const unrecorded = 'the lab runs no kube-controller-manager with autoscalers; rows take the texts of the programs';

export const rows: readonly Row[] = [
  ['no autoscaler complains', metricsApi(external), 'passed'],
  ['it has just begun', says(busy, 30_000), 'passed'],
  ['the API has just come back', { ...says(busy), ...metricsApi(external, 30_000) }, 'passed'],
  [
    'the APIService is down, which is told elsewhere',
    {
      ...unavailable('MissingEndpoints', '', { group: external }),
      autoscalersWithoutMetrics: [blind(unfetched(busy, external), external)],
    },
    'passed',
  ],
  [
    '503',
    says(busy),
    [
      {
        says: 'the provider behind Service `wardle/api` returns an error: shop/web.',
        evidence: 'unable to handle the request',
        fix: "provider's own",
      },
    ],
  ],
  ['500', says('Internal error occurred: unable to fetch metrics'), [{ says: 'returns an error' }]],
  [
    "KEDA's adapter says that its operator does not answer",
    says('timeout while waiting to establish gRPC connection to KEDA Metrics Service server'),
    [{ says: "KEDA's adapter does not reach its operator", fix: 'port 9666', command: 'get deployments,pods -l app=keda-operator' }],
  ],
  [
    'its log says so',
    {
      ...says(busy),
      providerDependency: { kind: 'prometheus', pod: 'wardle/api-1', text: 'unable to fetch metrics from prometheus: 503' },
    },
    [{ says: 'does not reach Prometheus', evidence: ['unable to handle', 'log of `wardle/api-1`'], fix: '--prometheus-url' }],
  ],
];
