import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { AutoscalerWithoutMetrics } from '../../model.ts';
import { sh } from '../../sh.ts';
import { namesOf, placeOf, settling, those } from './autoscalers.ts';

/** What serves each group in most clusters. */
const providers: Readonly<Record<string, string>> = {
  'metrics.k8s.io': 'metrics-server',
  'custom.metrics.k8s.io': 'an adapter such as prometheus-adapter',
  'external.metrics.k8s.io': 'an adapter such as KEDA or prometheus-adapter',
};

export default defineCheck({
  id: 'metrics-api-not-registered',
  title: 'the metrics APIs that HorizontalPodAutoscalers use are registered',
  severity: 'warning',
  modes: ['E05'],
  scope: 'cluster',
  needs: ['now', 'apiServices', 'autoscalersWithoutMetrics'],
  explain: {
    looksAt: 'the metrics that HorizontalPodAutoscalers request, and the groups of all APIServices',
    why: 'Each kind of metric has an API group of its own. Without an APIService for it, nobody answers.',
    kubernetes:
      'ScalingActive is False: `no custom metrics API (custom.metrics.k8s.io) registered`, or `the server could not find the requested resource`.',
    repair: 'Install the provider of that group, or use another kind of metric in the HorizontalPodAutoscaler.',
    mirrors: 'k8s.io/metrics, pkg/client/custom_metrics/discovery.go, v0.37.2',
  },
  run({ now, apiServices, autoscalersWithoutMetrics }) {
    const registered = new Set(apiServices.map(({ group }) => group));
    const lacking = autoscalersWithoutMetrics.filter(
      ({ api, kind, since }) => kind === 'not-served' && !registered.has(api) && now.getTime() - since.getTime() >= settling,
    );
    const groups = [...new Set(lacking.map(({ api }) => api))];
    return groups.map((group) => {
      const blind = lacking.filter(({ api }) => api === group);
      const first = blind[0] as AutoscalerWithoutMetrics;
      return {
        message: `${those(blind, 'gets', 'get')} no metrics: no APIService registers \`${group}\`: ${namesOf(blind)}.`,
        at: placeOf(first),
        evidence: [
          `\`${first.text}\``,
          `metrics APIs that are registered: ${list([...registered].filter((one) => /(?:^|\.)metrics\.k8s\.io$/.test(one)))}`,
        ],
        fix: {
          text: `Install what serves \`${group}\` (${providers[group]}), or use another kind of metric:`,
          commands: [sh`kubectl get apiservices | grep metrics`],
        },
      };
    });
  },
});
