/** Who opens the connection for kube-apiserver: its own node, the agents of its egress proxy, or the control plane of a provider. */
import { openPath } from '../../distributions/provider.ts';
import type { EgressSelector, Failure, Fix, Observed } from '../../model.ts';
import { sh } from '../../sh.ts';

interface Known {
  readonly egressSelector: readonly { readonly observed: Observed<EgressSelector | null> }[];
  readonly provider?: string | null | undefined;
  readonly failure: Failure;
}
export interface Dialer {
  readonly is: 'node' | 'agents' | 'provider';
  /** The subject of a sentence: it dials the pod. */
  readonly who: string;
  readonly evidence: readonly string[];
  /** What lets it through to a port of the pods; null: what is to be done on the node depends on the failure. */
  readonly letThrough: (port: number | string) => Fix | null;
}

/** By the egress selection of every kube-apiserver whose configuration is visible, else by the message (k8s.io/apiserver, pkg/server/egressselector, v0.37.2). */
export function dialerOf({ egressSelector, provider, failure }: Known): Dialer {
  const seen = egressSelector.flatMap(({ observed }) => (observed.ok ? [observed.value] : []));
  const [first] = seen;
  if (first?.agentOf && seen.every((one) => one?.agentOf)) return agentOnTheNode(first.agentOf, first.path);
  if (first && seen.every((one) => one?.cluster))
    return agents(
      `kube-apiserver dials through the egress proxy in \`${first.path}\`: its agents open the connection, each from its own host`,
    );
  if (provider) return { is: 'provider', who: `${provider}'s control plane`, evidence: [], letThrough: (port) => openPath(provider, port) };
  if (failure.isOfAgents) return agents("the message is konnectivity's: its agents open the connection, each from its own host");
  return { is: 'node', who: 'the control-plane node', evidence: [], letThrough: () => null };
}

const agents = (evidence: string): Dialer => ({
  is: 'agents',
  who: "an agent of kube-apiserver's egress proxy",
  evidence: [evidence],
  letThrough: (port) => ({
    text: `Every agent of the egress proxy must reach port ${port} of the pods, because any of them may be used. Find the hosts of the agents, and check their routes, firewalls and NetworkPolicies:`,
    commands: [
      sh`kubectl get pods -A -o wide | grep -i -e konnectivity-agent -e proxy-agent`,
      sh`kubectl -n kube-system logs -l k8s-app=konnectivity-agent --prefix --tail=20`,
    ],
  }),
});

/** k3s-io/k3s, pkg/daemons/control/tunnel.go, v1.35. */
const agentOnTheNode = (program: 'k3s' | 'rke2', path: string): Dialer => ({
  is: 'agents',
  who: `the ${program} agent on the pod's node`,
  evidence: [`\`egress-selector-mode\` in \`${path}\`: the ${program} agent on the pod's own node opens the connection`],
  letThrough: (port) => ({
    text: `Port ${port} of the pod must be reachable on the pod's own node. Check the NetworkPolicies of its namespace, and the log of the agent there:`,
    commands: [sh`journalctl -u ${program}-agent --since -15min    # on the pod's node`],
  }),
});
