import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { ComplaintKind } from '../../model.ts';

/** What an API that serves says: it is older than the failure. */
const answered: readonly ComplaintKind[] = ['no-pod-metrics', 'no-samples', 'no-such-metric'];

export default defineCheck({
  id: 'autoscalers-without-metrics',
  title: 'HorizontalPodAutoscalers get the metrics of this API',
  severity: 'warning',
  modes: ['E05'],
  scope: 'apiservice',
  hop: 'effects',
  needs: ['apiService', 'failure', 'autoscalersWithoutMetrics'],
  explain: {
    looksAt: 'the condition ScalingActive of HorizontalPodAutoscalers while their metrics API does not serve',
    why: 'Without metrics an autoscaler scales neither up nor down.',
    kubernetes:
      'ScalingActive is False, FailedGetResourceMetric (FailedGetPodsMetric, FailedGetExternalMetric): `the server is currently unable to handle the request`.',
    repair: 'Fix the APIService of the metrics; the autoscalers then recover by themselves.',
    mirrors: 'kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go, v1.37.2',
  },
  run({ apiService: { name, group }, failure, autoscalersWithoutMetrics }) {
    if (!failure || failure.inTransition) return [];
    const blind = autoscalersWithoutMetrics.filter(({ api, kind }) => api === group && !answered.includes(kind));
    const [first] = blind;
    if (!first) return [];
    const names = blind.map((one) => one.name);
    return [
      {
        message: `${names.length === 1 ? 'A HorizontalPodAutoscaler scales' : `${names.length} HorizontalPodAutoscalers scale`} neither up nor down while \`${name}\` does not serve: ${list(names, { most: 4 })}.`,
        at: { object: `HorizontalPodAutoscaler ${first.name}`, field: 'status.conditions[ScalingActive]' },
        evidence: [`\`${first.text}\``],
        fix: { text: `Fix \`${name}\`; the autoscalers then recover by themselves.` },
      },
    ];
  },
});
