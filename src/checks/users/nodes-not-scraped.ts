import { defineCheck } from '../../check.ts';
import { capitalized, list } from '../../format.ts';
import type { ApiService, Fix, PendingCertificate, Scraping } from '../../model.ts';
import { sh } from '../../sh.ts';
import { approve, waiting } from './approve-certificates.ts';

type Missing = Scraping['missing'];
/** The nodes of each reason, the reason of most nodes first; those without one last. */
function byReason(missing: Missing): readonly (readonly [kind: string, nodes: Missing])[] {
  const kinds = [...new Set(missing.map(({ error }) => error?.kind ?? ''))];
  return kinds
    .map((kind) => [kind, missing.filter(({ error }) => (error?.kind ?? '') === kind)] as const)
    .sort(([a, x], [b, y]) => Number(a === '') - Number(b === '') || y.length - x.length);
}

function fixOf(nodes: Missing, { service: { namespace, name } }: ApiService, pending: readonly PendingCertificate[]): Fix {
  const log = sh`kubectl -n ${namespace} logs service/${name} --tail=200`;
  const error = nodes[0]?.error;
  if (!error) return { text: 'Find out why in the log of metrics-server:', commands: [sh`kubectl get nodes -o wide`, log] };
  const { kind, next } = error;
  if (kind === 'no-certificate') return approve(next, pending);
  const commands = [sh`kubectl get nodes -o wide`, log];
  const text = `${capitalized(next)}:`;
  // Its arguments, its version and its rights are those of who installed it.
  if (!['name-unknown', 'no-address', 'forbidden', 'no-endpoint'].includes(kind)) return { text, commands };
  return { text, commands, edits: { of: 'workload', commands: [sh`kubectl -n ${namespace} get deployments -o wide`] } };
}

export default defineCheck({
  id: 'nodes-not-scraped',
  title: 'metrics-server has metrics of every ready node',
  severity: 'warning',
  modes: ['E05'],
  scope: 'apiservice',
  hop: 'request',
  needs: ['apiService', 'failure', 'scraping'],
  wants: ['pendingCertificates'],
  causes: { symptoms: ['autoscaler-pods-without-metrics'] },
  explain: {
    looksAt:
      'the ready nodes, the items of nodes.metrics.k8s.io, and the last lines of the log of metrics-server if a node or a pod lacks metrics',
    why: 'metrics-server is ready as soon as it has scraped one kubelet. Pods on the other nodes have no metrics, and their autoscalers do not scale.',
    kubernetes:
      'Available stays True. `kubectl top nodes` shows `<unknown>`; HorizontalPodAutoscalers say `did not receive metrics for targeted pods` or `no metrics returned from resource metrics API`.',
    repair: 'Let metrics-server reach the kubelet of each node, and trust it.',
    mirrors: 'kubernetes-sigs/metrics-server, pkg/scraper/scraper.go and pkg/server/server.go, v0.4.0 to v0.9.0',
  },
  run({ apiService, failure, scraping, pendingCertificates }) {
    if (apiService.group !== 'metrics.k8s.io') return null;
    if (failure || !scraping || scraping.missing.length === 0) return [];
    const { ready, missing } = scraping;
    return byReason(missing).map(([, nodes]) => {
      const error = nodes[0]?.error ?? null;
      const names = nodes.map(({ node }) => `\`${node}\``);
      const pending = (pendingCertificates ?? []).filter(({ node }) => nodes.some((one) => one.node === node));
      const count = ready === null ? `${nodes.length}` : `${nodes.length} of ${ready}`;
      return {
        message: `Pods on ${count} ${nodes.length === 1 && ready === null ? 'node' : 'nodes'} have no metrics: metrics-server does not scrape ${list(names, { most: 4 })}${error ? `: ${error.meaning}` : ''}.`,
        at: { object: `Service ${apiService.service.namespace}/${apiService.service.name}` },
        evidence: [
          ...(ready === null ? [] : ['ready nodes without an item in nodes.metrics.k8s.io']),
          ...nodes.slice(0, 3).flatMap(({ node, error }) => (error ? [`log, node \`${node}\`: \`${error.text}\``] : [])),
          ...waiting(pending),
        ],
        fix: fixOf(nodes, apiService, pending),
      };
    });
  },
});
