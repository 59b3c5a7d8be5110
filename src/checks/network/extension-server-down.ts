import { defineCheck } from '../../check.ts';
import type { FailureKind } from '../../model.ts';
import { sh } from '../../sh.ts';
import { dialerOf } from './dialer.ts';
import { podPort } from './network-path.ts';

const signatures: readonly FailureKind[] = ['connection-refused', 'no-endpoints'];

export default defineCheck({
  id: 'extension-server-down',
  title: "a server listens behind the APIService's Service",
  severity: 'error',
  modes: ['S04', 'S06'],
  scope: 'apiservice',
  hop: 'endpoints',
  hopByText: true,
  needs: ['apiService', 'failure'],
  wants: ['authConfigMap', 'backend', 'backendPods', 'egressSelector', 'provider', 'product'],
  causes: { signatures: ['connection-refused', 'no-endpoints'] },
  shows: [...signatures, 'configmap-unusable'],
  explain: {
    looksAt: 'whether kube-apiserver finds an address behind the Service and a server that listens there',
    why: 'The aggregation layer itself is not at fault: the extension API server does not run, is not ready, or listens on another port.',
    kubernetes:
      'The APIService is `False`: `MissingEndpoints`, `EndpointsNotFound`, or `FailedDiscoveryCheck` with `connect: connection refused`.',
    repair: "Check the extension API server's pods and the Service's selector and targetPort.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, authConfigMap, backend, backendPods, egressSelector = [], provider, product }) {
    if (!failure || failure.inTransition || !signatures.includes(failure.signature)) return [];
    const { namespace, name, port } = apiService.service;
    const ready = failure.signature === 'connection-refused' && (backendPods?.some((one) => one.ready) ?? false);
    const dialer = dialerOf({ egressSelector, provider, failure });
    // A dead pod refuses everybody; a living one is refused where the connection comes from.
    const agents = ready && dialer.is === 'agents' ? dialer : null;
    // A list that is no JSON makes an extension server exit at its start; a CA that is no PEM does not.
    const exits = authConfigMap?.malformed.some(({ key }) => !key.endsWith('-ca-file')) ?? false;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${failure.meaning} (Service \`${namespace}/${name}\`, port ${port}).`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...(ready ? ['a pod behind it is ready'] : []), ...(agents?.evidence ?? [])],
        fix: agents?.letThrough(podPort(apiService, failure, { backend, backendPods, product })) ?? {
          text: "Check the extension API server's pods and the Service's selector and targetPort. If a pod is ready, look for a firewall that rejects the connection:",
          commands: [
            sh`kubectl -n ${namespace} get service,endpointslices,pods -o wide`,
            sh`kubectl -n ${namespace} describe service ${name}`,
          ],
        },
        shows: [failure.signature, ...(exits ? (['configmap-unusable'] as const) : [])],
      },
    ];
  },
});
