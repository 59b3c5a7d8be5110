import { defineCheck } from '../../check.ts';
import { complaining, hasMetrics, namesOf, placeOf, those } from './autoscalers.ts';
import { reachAgain, without } from './provider-dependencies.ts';

export default defineCheck({
  id: 'metrics-provider-fails',
  title: 'the provider behind this API returns metrics',
  severity: 'error',
  modes: ['E05'],
  scope: 'apiservice',
  hop: 'request',
  needs: ['now', 'apiService', 'failure', 'autoscalersWithoutMetrics', 'providerDependency', 'disagreement', 'differing', 'userRequest'],
  after: ['apiservice-flaps'],
  causes: { symptoms: ['user-request-fails'] },
  explain: {
    looksAt:
      "the condition ScalingActive of HorizontalPodAutoscalers while their metrics API serves, and the provider's log where one of them gets an error",
    why: 'Available says only that discovery answers. An adapter lists its metrics from a cache and fails when one is requested.',
    kubernetes:
      "ScalingActive is False: `the server is currently unable to handle the request`, `Internal error occurred: unable to fetch metrics`, or KEDA's `timeout while waiting to establish gRPC connection`.",
    repair: 'Restore what the provider gets its metrics from: the KEDA operator, Prometheus, the API of a cloud.',
    mirrors:
      'kubernetes/kubernetes, pkg/controller/podautoscaler/metrics/client.go, v1.37.2; kedacore/keda, pkg/provider/provider.go, v2.20; kubernetes-sigs/prometheus-adapter, pkg/custom-provider/provider.go, v0.12.0',
  },
  run({ now, apiService, failure, autoscalersWithoutMetrics, providerDependency, disagreement, differing, userRequest }) {
    if (!hasMetrics(apiService)) return null;
    // Where a share of all requests fails, theirs may be of it.
    if (failure || disagreement || differing) return [];
    const blind = complaining(autoscalersWithoutMetrics, apiService, ['unserved', 'keda-operator', 'provider'], now);
    const [first] = blind;
    const dependency = providerDependency?.kind ?? (blind.some(({ kind }) => kind === 'keda-operator') ? 'keda-operator' : null);
    const logged = providerDependency ? [`log of \`${providerDependency.pod}\`: \`${providerDependency.text}\``] : [];
    const { name, group, service } = apiService;
    if (!first) {
      if (!userRequest?.fails || !dependency) return [];
      return [
        {
          message: `Requests for metrics of \`${group}\` fail although \`${name}\` is available: ${without[dependency]}.`,
          at: { probe: `GET ${userRequest.path}` },
          evidence: [userRequest.status === null ? userRequest.text : `${userRequest.status} \`${userRequest.text}\``, ...logged],
          fix: reachAgain(dependency, service),
        },
      ];
    }
    return [
      {
        message: `${those(blind, 'gets', 'get')} no metrics although \`${name}\` is available: ${dependency ? without[dependency] : `the provider behind Service \`${service.namespace}/${service.name}\` returns an error`}: ${namesOf(blind)}.`,
        at: placeOf(first),
        evidence: [`\`${first.text}\``, ...logged],
        fix: reachAgain(dependency, service),
      },
    ];
  },
});
