import { defineCheck } from '../../check.ts';
import { capitalized, list } from '../../format.ts';
import type { ApiService, Fix, PendingCertificate, Scraping } from '../../model.ts';
import { sh } from '../../sh.ts';

type Missing = Scraping['missing'];
/** The nodes of each reason, the reason of most nodes first; those without one last. */
function byReason(missing: Missing): readonly (readonly [kind: string, nodes: Missing])[] {
  const kinds = [...new Set(missing.map(({ error }) => error?.kind ?? ''))];
  return kinds
    .map((kind) => [kind, missing.filter(({ error }) => (error?.kind ?? '') === kind)] as const)
    .sort(([a, x], [b, y]) => Number(a === '') - Number(b === '') || y.length - x.length);
}

/** So many requests for certificates are named; more are approved by whoever has looked at the list. */
const few = 5;

function fixOf(nodes: Missing, { service: { namespace, name } }: ApiService, pending: readonly PendingCertificate[]): Fix {
  const log = sh`kubectl -n ${namespace} logs service/${name} --tail=200`;
  const error = nodes[0]?.error;
  if (!error) return { text: 'Find out why in the log of metrics-server:', commands: [sh`kubectl get nodes -o wide`, log] };
  const { next } = error;
  if (error.kind !== 'no-certificate') return { text: `${capitalized(next)}:`, commands: [sh`kubectl get nodes -o wide`, log] };
  const own = pending.filter(({ node }) => nodes.some((one) => one.node === node)).slice(0, few);
  const looks = [
    sh`kubectl get csr --field-selector spec.signerName=kubernetes.io/kubelet-serving`,
    ...own.map(({ name }) => sh`kubectl get csr ${name} -o jsonpath='{.spec.request}' | base64 -d | openssl req -noout -text`),
  ];
  if (own.length === 0) return { text: `${capitalized(next)}:`, commands: looks };
  return {
    text: `${capitalized(next)}. Check first that each request names its own node's host name and addresses alone:`,
    commands: [...looks, sh`kubectl certificate approve ${own.map(({ name }) => name)}`],
  };
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
    why: 'metrics-server is ready as soon as it has scraped one kubelet. Pods on the other nodes have no metrics, and their autoscalers stand still.',
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
      const waiting = (pendingCertificates ?? []).filter(({ node }) => nodes.some((one) => one.node === node));
      const count = ready === null ? `${nodes.length}` : `${nodes.length} of ${ready}`;
      return {
        message: `Pods on ${count} ${nodes.length === 1 && ready === null ? 'node' : 'nodes'} have no metrics: metrics-server does not scrape ${list(names, { most: 4 })}${error ? `: ${error.meaning}` : ''}.`,
        at: { object: `Service ${apiService.service.namespace}/${apiService.service.name}` },
        evidence: [
          ...(ready === null ? [] : ['ready nodes without an item in nodes.metrics.k8s.io']),
          ...nodes.slice(0, 3).flatMap(({ node, error }) => (error ? [`log, node \`${node}\`: \`${error.text}\``] : [])),
          ...(waiting.length > 0
            ? [
                `pending certificate signing requests: ${list(
                  waiting.map(({ name, node }) => `\`${name}\` of \`${node}\``),
                  { most: 4 },
                )}`,
              ]
            : []),
        ],
        fix: fixOf(nodes, apiService, waiting),
      };
    });
  },
});
