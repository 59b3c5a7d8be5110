import type { AutoscalerWithoutMetrics, ComplaintKind, Scraping } from '../../src/model.ts';
import { type Change, failing, healthy } from '../support/facts.ts';

export const ago = (seconds: number): Date => new Date(healthy.now.getTime() - seconds * 1000);

/** An APIService of this group that serves. */
export const serving = (group: string, since = ago(3600)): Change => ({
  ...failing(
    {
      ...healthy.apiService,
      name: `v1beta1.${group}`,
      group,
      version: 'v1beta1',
      available: { status: 'True', reason: 'Passed', message: 'all checks passed', since },
    },
    healthy.discovery,
  ),
  userRequest: null,
});
export const autoscaler = (api: string, kind: ComplaintKind, change: Partial<AutoscalerWithoutMetrics> = {}): AutoscalerWithoutMetrics => ({
  name: 'shop/web',
  api,
  kind,
  text: `no metrics: ${kind}`,
  since: ago(3600),
  refused: null,
  ofKeda: false,
  ...change,
});
export const asking = (...autoscalersWithoutMetrics: readonly AutoscalerWithoutMetrics[]): Change => ({ autoscalersWithoutMetrics });

/** Nodes of which metrics-server has no metrics, each with the kind of its error and what to do. */
export const unscraped = (ready: number | null, missing: Readonly<Record<string, string | null>>): { scraping: Scraping } => ({
  scraping: {
    ready,
    missing: Object.entries(missing).map(([node, kind]) => ({
      node,
      error: kind === null ? null : { kind: kind as never, text: `error ${kind}`, meaning: `meaning of ${kind}`, next: `mend ${kind}` },
    })),
  },
});
