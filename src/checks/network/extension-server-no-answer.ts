import { defineCheck } from '../../check.ts';
import { onControlPlane } from '../../distributions/fixes.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { unseenNodes } from '../front-proxy/unseen-nodes.ts';
import { dialerOf } from './dialer.ts';
import { failsBy, forwarded, meshed, nodePath, podPort, routeOf, routeUnknown, target, tried, withoutTunnel } from './network-path.ts';

export default defineCheck({
  id: 'extension-server-no-answer',
  title: 'the extension API server answers kube-apiserver',
  severity: 'error',
  modes: ['N01', 'N02', 'N03', 'N05', 'N07', 'N08', 'N16', 'N18'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  wants: ['backend', 'backendPods', 'networkPolicies', 'provider', 'proxyClientCert', 'route', 'serving', 'distribution', 'product'],
  causes: { signatures: ['timeout'] },
  aspects: [routeUnknown],
  explain: {
    looksAt: "a timeout in kube-apiserver's message, and the address in it: the ClusterIP or a pod",
    why: 'Packets are dropped (by a firewall, security group, NetworkPolicy, or an overlay network with a wrong MTU or checksum), or the extension API server takes longer than 5 s.',
    kubernetes:
      'The APIService is `False`: `context deadline exceeded`, `Client.Timeout exceeded while awaiting headers` or `i/o timeout`; these messages alternate and do not show the cause.',
    repair:
      "Let the control-plane nodes reach the pod's port, which may differ from the Service's port: firewalls and security groups see the packet after kube-proxy has rewritten it to the pod's address.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({
    apiService,
    failure,
    backend,
    backendPods,
    dials,
    networkPolicies,
    provider,
    proxyClientCert,
    route,
    serving,
    egressSelector,
    proxied,
    distribution,
    product,
  }) {
    if (!failsBy(failure, 'timeout') || withoutTunnel({ egressSelector })) return [];
    const seen = nodePath(failure, { dials, egressSelector, proxied });
    // Then it is slow or dialed over the wrong route; both have their own checks.
    if (seen.is === 'open' || (seen.is === 'closed' && seen.other)) return [];
    const { namespace, name, port } = apiService.service;
    const targetPort = podPort(apiService, failure, { backend, backendPods, route, product });
    const dialer = dialerOf({ egressSelector, provider, failure });
    // A connection from this node tells nothing of the way that an agent takes.
    const direct = dialer.is !== 'agents';
    const ask = sh`$(kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.clusterIP}')`;
    const clusterIP = backend?.service?.clusterIP?.includes(':') ? sh`[${{ command: ask }}]` : ask;
    const curl = sh`curl -sk -m 10 -o /dev/null -w '%{time_connect} %{time_appconnect} %{http_code}\\n' https://${{ command: clusterIP }}:${port}/`;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${target(apiService, failure)} does not answer kube-apiserver within 5 s.`,
        at: failure.at,
        ...routeOf(failure),
        evidence: [
          `\`${failure.text}\``,
          ...dialer.evidence,
          ...(route && direct
            ? [route.evidence, ...(route.to === 'ClusterIP' ? ['kube-proxy on its node forwards from there to a pod'] : [])]
            : []),
          ...(direct ? tried(dials) : []),
          ...forwarded(serving),
          ...(networkPolicies && networkPolicies.length > 0
            ? [
                `NetworkPolicy ${list(networkPolicies, { most: 3 })} restricts traffic to its pods; kube-apiserver connects from the node, not from a pod`,
              ]
            : []),
          ...meshed(backendPods),
        ],
        fix: dialer.letThrough(targetPort) ?? {
          text: `Allow the control-plane nodes to reach port ${targetPort} of its pods (firewall, security group, NetworkPolicy)${route?.to === 'pod' ? '' : ', and check that kube-proxy runs on these nodes'}. To tell a blocked route from a slow server, run on a control-plane node:`,
          commands: [
            ...(dials || unseenNodes(proxyClientCert) === null ? [] : [sh`sudo aggctl doctor`]),
            onControlPlane(distribution, 'curlimages/curl', curl),
          ],
        },
      },
    ];
  },
});
