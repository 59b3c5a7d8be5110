/** The texts of the tunnels through which kube-apiserver may dial: HTTPConnect, konnectivity, those of k3s, RKE2 and Rancher. */
import type { FailureSignature } from '../model.ts';

export const tunnelRows: readonly FailureSignature[] = [
  {
    // k8s.io/apiserver, pkg/server/egressselector/egress_selector.go (tunnelHTTPConnect), v0.37.2; the tunnels of k3s and RKE2 answer so, too.
    kind: 'egress-tunnel',
    matches:
      /^proxy error from \S+ while dialing \S+, code \d+: |^reading HTTP response from CONNECT to \S+ via proxy \S+ failed: |^unexpected \d+ bytes of buffered data from CONNECT proxy "/,
    hop: 'network',
    side: 'way',
    short: 'tunnel',
    meaning: 'the egress proxy through which kube-apiserver dials does not reach the pod',
    next: 'check the log of the egress proxy in the message, and that each of its agents reaches the pod',
  },
  {
    // kubernetes-sigs/apiserver-network-proxy v0.36.0, pkg/server/backend_manager.go.
    kind: 'konnectivity',
    matches: /^No agent available$/,
    hop: 'network',
    side: 'way',
    short: 'no agent',
    meaning: 'konnectivity-server has no agent through which it can reach the nodes; kubectl logs and exec fail as well',
    next: 'check the konnectivity-agent pods in kube-system and their connection to the control plane',
  },
  {
    // kubernetes-sigs/apiserver-network-proxy, konnectivity-client/pkg/client/client.go and conn.go, v0.36.0; any other error of gRPC.
    kind: 'tunnel-closed',
    matches: /^(?:dial closed|tunnel (?:is )?closed|single-use dialer already dialed)$|^rpc error: code = \w+ desc = /,
    hop: 'network',
    side: 'way',
    short: 'tunnel lost',
    meaning: 'the tunnel of konnectivity ended while kube-apiserver dialed through it, as when konnectivity-server or an agent restarts',
    next: 'check the log of konnectivity-server, which runs beside kube-apiserver, and of the konnectivity-agent pods',
  },
  {
    // rancher/remotedialer v0.6.1, session_manager.go and session.go, and gorilla/websocket v1.5.3, client.go: of k3s, RKE2 and Rancher.
    kind: 'no-tunnel-session',
    matches: /^(?:failed to find Session for client \S+|websocket: bad handshake|tunnel disconnect)/,
    hop: 'network',
    side: 'way',
    short: 'no session',
    meaning: 'the tunnel of k3s, RKE2 or Rancher has no connection to the host from which it would dial',
    next: "check the agent there and its connection to the server: the service k3s-agent or rke2-agent on the pod's node, or Rancher's cattle-cluster-agent in namespace cattle-system",
  },
];

/** The text of a tunnel whose agents dial (kubernetes-sigs/apiserver-network-proxy v0.36.0, konnectivity-client and pkg/server). */
export const isOfAgents = (text: string): boolean =>
  /^(?:No agent available|dial timeout, (?:backstop|context)|timed out waiting for backend dial|dial closed|tunnel (?:is )?closed)$/.test(
    text,
  );
