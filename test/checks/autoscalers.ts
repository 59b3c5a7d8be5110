/** HorizontalPodAutoscalers without metrics while their metrics API serves. */
import type { AutoscalerWithoutMetrics, ScrapeKind, Scraping } from '../../src/model.ts';
import { complaintOf } from '../../src/signatures/autoscalers.ts';
import { scrapeRow } from '../../src/signatures/scrapes.ts';
import { answers, type Change, failing, healthy } from '../support/facts.ts';

const day = 86_400_000;
const ago = (milliseconds: number) => new Date(healthy.now.getTime() - milliseconds);

/** A metrics API that has been Available for a day, or for so many milliseconds. */
export const metricsApi = (group = 'metrics.k8s.io', since = day): Change =>
  failing(
    {
      ...healthy.apiService,
      name: `v1beta1.${group}`,
      group,
      version: 'v1beta1',
      available: { status: 'True', reason: 'Passed', message: '', since: ago(since) },
    },
    answers(200),
  );

const reasons: Readonly<Record<string, string>> = {
  'metrics.k8s.io': 'FailedGetResourceMetric',
  'custom.metrics.k8s.io': 'FailedGetPodsMetric',
  'external.metrics.k8s.io': 'FailedGetExternalMetric',
};
/** An autoscaler that says this of a metrics API, and has said so for an hour, or for so many milliseconds. */
export function blind(text: string, group = 'metrics.k8s.io', since = day / 24): AutoscalerWithoutMetrics {
  const complaint = complaintOf(reasons[group] ?? '', text);
  if (!complaint) throw new Error(`nothing is made of: ${text}`);
  return { name: 'shop/web', ...complaint, text, since: ago(since), ofKeda: false };
}
/** The error of a request, as the controller says it. */
export const unfetched = (error: string, group = 'metrics.k8s.io') => {
  const api = { 'metrics.k8s.io': 'resource metrics', 'custom.metrics.k8s.io': 'custom metrics' }[group] ?? 'external metrics';
  return `the HPA was unable to compute the replica count: unable to get metric: unable to fetch metrics from ${api} API: ${error}`;
};
export const forbidden = (user: string, group = 'external.metrics.k8s.io') =>
  unfetched(
    `queue.${group} is forbidden: User "${user}" cannot list resource "queue" in API group "${group}" in the namespace "shop"`,
    group,
  );
export const controller = 'system:serviceaccount:kube-system:horizontal-pod-autoscaler';

export const scraped = (missing: Scraping['missing'], ready: number | null = 3): { scraping: Scraping } => ({
  scraping: { ready, missing },
});
export const unscraped = (node: string, kind: ScrapeKind, text: string) => {
  const { meaning, next } = scrapeRow(kind);
  return { node, error: { kind, text, meaning, next } };
};
