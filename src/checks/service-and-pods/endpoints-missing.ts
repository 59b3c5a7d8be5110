import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
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
    looksAt: 'the EndpointSlices of a Service without selector, or of one whose pods are ready',
    why: 'A Service without selector has the addresses that somebody wrote for it, and no others; those of all other Services come from kube-controller-manager.',
    kubernetes: 'The APIService is `False`: `EndpointsNotFound` without a slice, `MissingEndpoints` without a ready address in one.',
    repair: 'Write the EndpointSlice, or see why kube-controller-manager does not.',
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
          message: `${fails(apiService)}: ${serviceOf(apiService)} has no selector, and ${slices.length === 0 ? 'nobody wrote an EndpointSlice for it' : 'no address in its EndpointSlice is ready'}.`,
          at,
          evidence,
          fix: {
            text: `Write its EndpointSlice (label \`kubernetes.io/service-name: ${name}\`, the port's name as in the Service) with the address of the extension server; or give the Service the selector of its pods:`,
            commands: [
              `kubectl -n ${namespace} get pods --show-labels`,
              `kubectl -n ${namespace} set selector service ${name} 'KEY=VALUE'`,
            ],
          },
        },
      ];
    }
    if (ready.length === 0) return [];
    return [
      {
        message: `${fails(apiService)}: pods of ${serviceOf(apiService)} are ready, and kube-controller-manager does not write them into an EndpointSlice.`,
        at,
        evidence: [
          ...evidence,
          `ready: ${list(
            ready.map((pod) => pod.name),
            { most: 3 },
          )}`,
        ],
        fix: {
          text: 'See whether kube-controller-manager runs, and what it says of EndpointSlices:',
          commands: [
            'kubectl -n kube-system get pods -l component=kube-controller-manager',
            'kubectl -n kube-system logs -l component=kube-controller-manager --tail=200 | grep -i endpointslice',
          ],
        },
      },
    ];
  },
});
