import { defineCheck } from '../../check.ts';
import { silences } from '../../model.ts';

const signatures = ['connection-refused', 'no-endpoints'];

export default defineCheck({
  id: 'extension-server-down',
  title: "something listens behind the APIService's Service",
  severity: 'error',
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'failure'],
  wants: ['authConfigMap', 'backendPods'],
  explainedBy: ['configmap-value-unusable', ...silences],
  explain: {
    looksAt: 'whether kube-apiserver finds an address behind the Service and something that listens there',
    why: 'The aggregation layer itself is innocent: the extension server does not run, is not ready, or listens elsewhere.',
    kubernetes:
      'The APIService is `False`: `MissingEndpoints`, `EndpointsNotFound`, or `FailedDiscoveryCheck` with `connect: connection refused`.',
    repair: "Look at the extension server's pods, at the Service's selector and at its targetPort.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, authConfigMap, backendPods }) {
    if (!failure || failure.inTransition || !signatures.includes(failure.signature)) return [];
    const { namespace, name, port } = apiService.service;
    // A list that is no JSON makes an extension server exit at its start; a CA that is no PEM does not.
    const exits = authConfigMap?.malformed.some(({ key }) => !key.endsWith('-ca-file')) ?? false;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${failure.meaning} (Service \`${namespace}/${name}\`, port ${port}).`,
        at: failure.at,
        evidence: [
          `\`${failure.text}\``,
          ...(failure.signature === 'connection-refused' && backendPods?.some(({ ready }) => ready)
            ? ['a pod behind it is ready: may be a firewall that rejects']
            : []),
        ],
        fix: {
          text: "Look at the extension server's pods, and at the Service's selector and targetPort:",
          commands: [`kubectl -n ${namespace} get service,endpointslices,pods -o wide`, `kubectl -n ${namespace} describe service ${name}`],
        },
        explainedBy: [...(exits ? ['configmap-value-unusable'] : []), ...silences],
      },
    ];
  },
});
