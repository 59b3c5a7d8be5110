import { defineCheck } from '../../check.ts';
import type { ApiService, Fix } from '../../model.ts';
import { sh } from '../../sh.ts';
import { complaining, hasMetrics, namesOf, placeOf, those } from './autoscalers.ts';

/** What prometheus-adapter calls the rules of each group (kubernetes-sigs/prometheus-adapter, pkg/config/config.go, v0.12.0). */
const rules: Readonly<Record<string, string>> = { 'custom.metrics.k8s.io': 'rules', 'external.metrics.k8s.io': 'externalRules' };

function fixOf({ group, version, service }: ApiService): Fix {
  return {
    text: `Compare the metric's name, its object and its namespace in the HorizontalPodAutoscaler with what the provider lists. A metric that is not listed needs a rule (prometheus-adapter: \`${rules[group] ?? 'resourceRules'}\`), a rule needs series with the labels that it uses, and KEDA needs the ScaledObject:`,
    commands: [
      sh`kubectl get --raw ${`/apis/${group}/${version}`}`,
      sh`kubectl -n ${service.namespace} get configmaps -o yaml | grep -n -i -e name: -e seriesQuery -e rules`,
      sh`kubectl -n ${service.namespace} logs service/${service.name} --tail=50`,
    ],
  };
}

export default defineCheck({
  id: 'metric-not-provided',
  title: 'the provider has the metrics that HorizontalPodAutoscalers request',
  severity: 'warning',
  modes: ['E05'],
  scope: 'apiservice',
  hop: 'request',
  needs: ['now', 'apiService', 'failure', 'autoscalersWithoutMetrics'],
  wants: ['discovery'],
  explain: {
    looksAt:
      'the condition ScalingActive of HorizontalPodAutoscalers while their metrics API serves, and whether its discovery lists a metric',
    why: 'An adapter serves only the metrics that its rules define and its source has. The APIService is available without any.',
    kubernetes:
      'ScalingActive is False: `the server could not find the metric X for pods`, `no metrics returned from custom metrics API`, or `the server could not find the requested resource`.',
    repair: "Add a rule for the metric to the adapter's configuration, or correct the metric in the HorizontalPodAutoscaler.",
    mirrors:
      'kubernetes/kubernetes, pkg/controller/podautoscaler/metrics/client.go, v1.37.2; kubernetes-sigs/custom-metrics-apiserver, pkg/provider/errors.go, v1.36.0',
  },
  run({ now, apiService, failure, autoscalersWithoutMetrics, discovery }) {
    if (!hasMetrics(apiService)) return null;
    if (failure) return [];
    const blind = complaining(autoscalersWithoutMetrics, apiService, ['no-such-metric', 'no-samples', 'not-served'], now);
    const [first] = blind;
    if (!first) return [];
    const document = discovery?.document ?? null;
    const listsNone = document !== null && 'resources' in document && document.resources.length === 0;
    return [
      {
        message: `${those(blind, 'gets', 'get')} no metrics although \`${apiService.name}\` is available: ${listsNone ? 'the adapter lists no metric at all' : first.kind === 'no-samples' ? 'the adapter has no value of its metric' : 'the adapter does not have its metric'}: ${namesOf(blind)}.`,
        at: placeOf(first),
        evidence: [`\`${first.text}\``, ...(listsNone ? [`GET /apis/${apiService.group}/${apiService.version} lists no resources`] : [])],
        fix: fixOf(apiService),
      },
    ];
  },
});
