import type { ScrapeError, ScrapeFault, Scraping } from '../../model.ts';
import { scrapeErrorsIn, scrapeRow } from '../../signatures/scrapes.ts';
import { serverClock } from '../cluster/clock-skew.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { nodesWithMetrics } from './nodes-with-metrics.ts';
import { providerLogs } from './provider-logs.ts';

/** metrics-server scrapes every 15 or 60 s, so that an error of now is no older. */
const recent = 300_000;

/** Nodes without metrics, and why; null: the APIService is of another group, or nothing of them could be seen. */
export const scraping = fact({
  name: 'scraping',
  of: apiservice,
  needs: { nodes: maybe(nodesWithMetrics), logs: maybe(providerLogs), serverClock },
  from: ({ nodes, logs, serverClock }, { group }): Scraping | null => {
    if (group !== 'metrics.k8s.io') return null;
    const now = new Date(serverClock);
    const errors = (logs.ok ? logs.value : [])
      .flatMap(({ text }) => scrapeErrorsIn(text, now))
      .filter(({ at }) => at === null || Math.abs(now.getTime() - at.getTime()) < recent);
    return scrapingOf(nodes.ok ? nodes.value : null, errors);
  },
});

/** Where the nodes can be compared, what was logged of others has passed. */
function scrapingOf(compared: { readonly ready: number; readonly missing: readonly string[] } | null, errors: readonly ScrapeError[]) {
  const byNode = new Map(errors.map(({ node, kind, text }) => [node, faultOf({ kind, text })]));
  const missing = compared ? compared.missing : [...byNode.keys()];
  if (!compared && missing.length === 0) return null;
  return { ready: compared?.ready ?? null, missing: missing.map((node) => ({ node, error: byNode.get(node) ?? null })) };
}

function faultOf({ kind, text }: Pick<ScrapeError, 'kind' | 'text'>): ScrapeFault {
  const { meaning, next } = scrapeRow(kind);
  return { kind, text, meaning, next };
}
