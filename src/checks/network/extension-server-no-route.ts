import { defineCheck } from '../../check.ts';
import { failsBy, ownWay, target, tried } from './network-path.ts';

export default defineCheck({
  id: 'extension-server-no-route',
  title: 'the control-plane node has a route to the address that kube-apiserver dials',
  severity: 'error',
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  explain: {
    looksAt: 'what kube-apiserver says of the connection: `no route to host`, `network is unreachable`',
    why: "The control-plane node's own network refuses: it has no route (no CNI or kube-proxy there, an address family that it lacks), or a firewall rejects.",
    kubernetes: 'The APIService is `False`: `dial tcp IP:PORT: connect: no route to host` or `connect: network is unreachable`.',
    repair:
      'Bring the control-plane node into the network of the cluster: kube-proxy for ClusterIPs, the CNI or `--enable-aggregator-routing=false` for pod addresses; or open its firewall.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied }) {
    if (!failsBy(failure, 'no-route') || ownWay(apiService, failure, { dials, egressSelector, proxied }).other) return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: the control-plane node has no way to ${target(apiService, failure)}.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials)],
        fix: {
          text: 'On each control-plane node, see which route such an address takes and what rejects it; `no route to host` is most often a firewall, or a neighbour that does not answer:',
          commands: ['ip route; ip -6 route', 'iptables-save | grep -i -e reject -e drop'],
        },
      },
    ];
  },
});
