import { defineCheck } from '../../check.ts';
import { onControlPlane } from '../../distributions/fixes.ts';
import type { DistributionName } from '../../distributions/places.ts';
import type { ApiService, Failure, Fix } from '../../model.ts';
import { sh } from '../../sh.ts';
import { dialerOf } from './dialer.ts';
import { failsBy, nodePath, podPort, target, tried } from './network-path.ts';

const onNode = (distribution: DistributionName): Fix => ({
  text: 'On each control-plane node, find the route for this address and the firewall rule that rejects it. `no route to host` usually means a firewall or a neighbor that does not answer:',
  commands: [
    onControlPlane(distribution, 'busybox', sh`ip route`),
    onControlPlane(distribution, 'busybox', sh`ip -6 route`),
    onControlPlane(distribution, 'nicolaka/netshoot', sh`iptables-save | grep -i -e reject -e drop`),
  ],
});

/** The kernel of the node refuses before a packet leaves it. */
const permitOnNode = ({ address }: Failure, distribution: DistributionName): Fix => ({
  text: 'On each control-plane node, find what forbids the connection: a firewall rule for outgoing traffic, a `prohibit` route, SELinux, or an eBPF program of the CNI:',
  commands: [
    onControlPlane(distribution, 'nicolaka/netshoot', sh`iptables-save | grep -e '-A OUTPUT'`),
    onControlPlane(distribution, 'nicolaka/netshoot', sh`nft list ruleset | grep -A20 'hook output'`),
    ...(address ? [onControlPlane(distribution, 'busybox', sh`ip route get ${hostOf(address)}`)] : []),
  ],
});
const hostOf = (address: string): string => address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

const ipFamilyOf = ({ service: { namespace, name } }: ApiService): Fix => ({
  text: 'Enable IPv6 where kube-apiserver runs (`sysctl net.ipv6.conf.all.disable_ipv6` must be 0, and it needs an address), or recreate the Service with `ipFamilies: [IPv4]`:',
  commands: [sh`kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ipFamilies} {.spec.clusterIPs}{"\\n"}'`],
});

export default defineCheck({
  id: 'extension-server-no-route',
  title: 'the control-plane node has a route to the address that kube-apiserver dials',
  severity: 'error',
  modes: ['S18', 'N03', 'N08', 'N16'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'dials', 'egressSelector', 'proxied'],
  wants: ['provider', 'backend', 'backendPods', 'route', 'distribution', 'product'],
  causes: { signatures: ['no-ipv6', 'no-route', 'not-permitted'] },
  explain: {
    looksAt:
      "kube-apiserver's message about the connection: `no route to host`, `network is unreachable`, `operation not permitted`, `permission denied`, or `cannot assign requested address` for an IPv6 address",
    why: "The control-plane node's own network rejects the connection: it has no route (no CNI, no kube-proxy, or no support for the address family), or a firewall rejects it. `operation not permitted` and `permission denied` come from the dialing host itself: an OUTPUT rule, a `prohibit` route, SELinux or an eBPF program.",
    kubernetes: 'The APIService is `False`: `dial tcp IP:PORT: connect: no route to host` or `connect: network is unreachable`.',
    repair:
      'Connect the control-plane node to the cluster network: kube-proxy for ClusterIPs, the CNI or `--enable-aggregator-routing=false` for pod addresses. Or open its firewall.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, dials, egressSelector, proxied, provider, backend, backendPods, route, distribution, product }) {
    const noIPv6 = failsBy(failure, 'no-ipv6');
    const forbidden = failsBy(failure, 'not-permitted');
    if (!(noIPv6 || forbidden || failsBy(failure, 'no-route')) || nodePath(failure, { dials, egressSelector, proxied }).other) return [];
    const dialer = dialerOf({ egressSelector, provider, failure });
    const port = podPort(apiService, failure, { backend, backendPods, route, product });
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${dialer.who} ${forbidden ? 'does not permit connections to' : `has no ${noIPv6 ? 'IPv6 address from which it could dial' : 'route to'}`} ${target(apiService, failure)}.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...dialer.evidence, ...(dialer.is === 'agents' ? [] : tried(dials))],
        fix: noIPv6
          ? ipFamilyOf(apiService)
          : (dialer.letThrough(port) ?? (forbidden ? permitOnNode(failure, distribution) : onNode(distribution))),
      },
    ];
  },
});
