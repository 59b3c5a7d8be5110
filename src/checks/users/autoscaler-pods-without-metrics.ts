import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { complaining, namesOf, placeOf, those } from './autoscalers.ts';

export default defineCheck({
  id: 'autoscaler-pods-without-metrics',
  title: 'the pods that HorizontalPodAutoscalers scale have resource metrics',
  severity: 'warning',
  modes: ['E05'],
  scope: 'apiservice',
  hop: 'effects',
  needs: ['now', 'apiService', 'failure', 'autoscalersWithoutMetrics', 'scraping'],
  explain: {
    looksAt:
      'the condition ScalingActive of HorizontalPodAutoscalers while metrics.k8s.io serves, and whether every ready node has metrics',
    why: 'The API answers without an item for the pods: they are not ready, or their nodes are not scraped.',
    kubernetes:
      'ScalingActive is False: `did not receive metrics for targeted pods (pods might be unready)` or `no metrics returned from resource metrics API`.',
    repair: 'If every node has metrics, look at the pods. If not, let metrics-server scrape the nodes.',
    mirrors: 'kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go and metrics/client.go, v1.37.2',
  },
  run({ now, apiService, failure, autoscalersWithoutMetrics, scraping }) {
    if (apiService.group !== 'metrics.k8s.io') return null;
    if (failure) return [];
    const blind = complaining(autoscalersWithoutMetrics, apiService, ['no-pod-metrics'], now);
    const [first] = blind;
    if (!first) return [];
    const { namespace, name } = apiService.service;
    const [own = ''] = first.name.split('/');
    const scraped = scraping?.ready != null && scraping.missing.length === 0;
    const pods = [sh`kubectl -n ${own} get pods -o wide`, sh`kubectl -n ${own} top pods`];
    return [
      {
        message: scraped
          ? `Not an aggregation fault: ${those(blind, 'gets', 'get').replace(/^A/, 'a')} no metrics of pods, although every ready node has metrics: ${namesOf(blind)}.`
          : `${those(blind, 'scales', 'scale')} neither up nor down although \`${apiService.name}\` is available: it has no metrics of their pods: ${namesOf(blind)}.`,
        at: placeOf(first),
        evidence: [`\`${first.text}\``],
        fix: scraped
          ? { text: 'Check the pods: metrics count only of pods that are ready, some 30 s after they have started:', commands: pods }
          : {
              text: 'Compare nodes and pods with what has metrics. If a node is missing, the log of the provider says why it is not scraped; if none is, the pods are not ready:',
              commands: [sh`kubectl top nodes`, ...pods, sh`kubectl -n ${namespace} logs service/${name} --tail=200`],
            },
        ...(scraped && { severity: 'info' as const }),
      },
    ];
  },
});
