import { apiPath } from '../../api-path.ts';
import { object, string } from '../../decode.ts';
import type { Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';
import { readNodes } from '../shared/node-table.ts';
import { known } from '../shared/observed.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { firstFailure } from './first-failure.ts';

/** Names of the ready nodes that should have metrics, and of those that lack them. */
export interface NodesWithMetrics {
  readonly ready: number;
  readonly missing: readonly string[];
}
/** Of `metrics.k8s.io` where it serves. null as well where the nodes or their metrics may not be listed: those rights are optional. */
export const nodesWithMetrics = fact({
  name: 'nodesWithMetrics',
  of: apiservice,
  internal: true,
  needs: { firstFailure },
  read: async ({ firstFailure }, ask, { group, version }): Promise<Observed<NodesWithMetrics | null>> => {
    if (firstFailure || group !== 'metrics.k8s.io') return nobodyLooked;
    const [nodes, metrics] = await Promise.all([readNodes(ask), list(ask, apiPath`/apis/${group}/${version}/nodes`, nodeMetrics)]);
    if (!nodes.ok || !nodes.value || !metrics.ok) return nobodyLooked;
    const scraped = new Set(metrics.value.map(({ metadata }) => metadata?.name));
    const expected = nodes.value.filter(({ ready, young, virtual }) => ready && !young && !virtual);
    return known({ ready: expected.length, missing: expected.flatMap(({ name }) => (scraped.has(name) ? [] : [name])) });
  },
});

/** k8s.io/metrics, pkg/apis/metrics/v1beta1/types.go. */
export const nodeMetrics = object({ metadata: object({ name: string }) });
