import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { failsBy, nodePath, target, tried } from './network-path.ts';

export default defineCheck({
  id: 'extension-server-no-route',
  title: 'the control-plane node has a route to the address that kube-apiserver dials',
  severity: 'error',
  modes: ['S18', 'N03', 'N08', 'N16'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  causes: { signatures: ['no-route'] },
  explain: {
    looksAt: "kube-apiserver's message about the connection: `no route to host`, `network is unreachable`",
    why: "The control-plane node's own network rejects the connection: it has no route (no CNI, no kube-proxy, or no support for the address family), or a firewall rejects it.",
    kubernetes: 'The APIService is `False`: `dial tcp IP:PORT: connect: no route to host` or `connect: network is unreachable`.',
    repair:
      'Connect the control-plane node to the cluster network: kube-proxy for ClusterIPs, the CNI or `--enable-aggregator-routing=false` for pod addresses. Or open its firewall.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied }) {
    if (!failsBy(failure, 'no-route') || nodePath(apiService, failure, { dials, egressSelector, proxied }).other) return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: the control-plane node has no route to ${target(apiService, failure)}.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix: {
          text: 'On each control-plane node, find the route for this address and the firewall rule that rejects it. `no route to host` usually means a firewall or a neighbor that does not answer:',
          commands: [sh`ip route; ip -6 route`, sh`iptables-save | grep -i -e reject -e drop`],
        },
      },
    ];
  },
});
