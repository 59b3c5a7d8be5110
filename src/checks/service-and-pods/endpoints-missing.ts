import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { isSilent } from './pod-health.ts';
import { fails, serviceOf } from './workload-words.ts';

export default defineCheck({
  id: 'endpoints-missing',
  title: 'the Service has EndpointSlices with a ready address',
  severity: 'error',
  modes: ['S03', 'S04'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure', 'backend', 'backendEndpoints', 'backendPods'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the EndpointSlices of a Service without a selector, or of one whose pods are ready',
    why: 'A Service without a selector has only the addresses that its owner adds. kube-controller-manager manages those of all other Services.',
    kubernetes: 'The APIService is `False`: `EndpointsNotFound` without a slice, `MissingEndpoints` without a ready address.',
    repair: 'Create the EndpointSlice, or find out why kube-controller-manager does not.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2; k8s.io/endpointslice, v0.37.2',
  },
  run({ apiService, failure, backend, backendEndpoints, backendPods }) {
    const service = backend?.service;
    if (!isSilent(failure) || !service || service.type === 'ExternalName' || !backendEndpoints) return [];
    const { namespace, name } = apiService.service;
    const { slices, addresses } = backendEndpoints;
    if (addresses.some(({ ready }) => ready)) return [];
    const at = { object: `Service ${namespace}/${name}`, field: 'spec.selector' };
    const evidence = [
      `\`${failure.text}\``,
      slices.length === 0
        ? `no EndpointSlice has the label kubernetes.io/service-name=${name}`
        : `EndpointSlice ${list(slices)}: ${list(addresses.map(({ address }) => address)) || 'no address'}, none ready`,
    ];
    const ready = (backendPods ?? []).filter((pod) => pod.ready);
    if (service.selector === null) {
      return [
        {
          message: `${fails(apiService)}: ${serviceOf(apiService)} has no selector, and ${slices.length === 0 ? 'there is no EndpointSlice for it' : 'no address in its EndpointSlice is ready'}.`,
          at,
          evidence,
          fix: {
            text: `Create its EndpointSlice (label \`kubernetes.io/service-name: ${name}\`, the port's name as in the Service) with the extension API server's address. Or set the selector of its pods in the Service (<KEY>=<VALUE> is a label that the first command shows):`,
            commands: [sh`kubectl -n ${namespace} get pods --show-labels`],
            edits: { of: 'service', commands: [sh`kubectl -n ${namespace} set selector service ${name} '<KEY>=<VALUE>'`] },
          },
        },
      ];
    }
    if (ready.length === 0) return [];
    return [
      {
        message: `${fails(apiService)}: pods of ${serviceOf(apiService)} are ready, but kube-controller-manager does not add them to an EndpointSlice.`,
        at,
        evidence: [
          ...evidence,
          `ready: ${list(
            ready.map((pod) => pod.name),
            { most: 3 },
          )}`,
        ],
        fix: {
          text: 'Check that kube-controller-manager runs, and read its messages about EndpointSlices:',
          commands: [
            sh`kubectl -n kube-system get pods -l component=kube-controller-manager`,
            sh`kubectl -n kube-system logs -l component=kube-controller-manager --tail=200 | grep -i endpointslice`,
          ],
        },
      },
    ];
  },
});
