import { defineCheck } from '../../check.ts';
import { failsBy, meshed, target, tried } from './network-path.ts';

/** With TLS 1.3 kube-apiserver is done with the handshake before the server judges its certificate, and may write into a closed connection. */
const early = (text: string): readonly string[] =>
  /write: (?:broken pipe|connection reset)/.test(text)
    ? ["may be that the server demands a client certificate of a CA that did not sign kube-apiserver's: its log says so"]
    : [];

export default defineCheck({
  id: 'extension-server-rejects-connections',
  title: 'connections to the extension server last until it has answered',
  severity: 'error',
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure'],
  wants: ['backendPods', 'dials'],
  explainedBy: ['no-proxy-without-services'],
  explain: {
    looksAt: 'what kube-apiserver says of the connection: `EOF`, `connection reset by peer`, `broken pipe`, a stream that is reset',
    why: 'Something listens and hangs up: another program at that port, a proxy of a service mesh that wants its own TLS, a load balancer without a backend, or an extension server that crashes while it answers.',
    kubernetes: 'The APIService is `False`: `EOF`, `read: connection reset by peer` or `stream error: … INTERNAL_ERROR`.',
    repair:
      "Point the Service's targetPort to the extension server's own TLS port, keep the mesh away from that port, and read the server's log for a panic.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backendPods, dials }) {
    if (!failsBy(failure, 'cut-off')) return [];
    const { namespace, name } = apiService.service;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: what stands behind ${target(apiService, failure)} takes connections and ends them without an answer.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``, ...tried(dials), ...early(failure.text), ...meshed(backendPods)],
        fix: {
          text: "Compare the Service's targetPort with the port that the extension server serves TLS on, and read its log for a panic; a service mesh must leave that port alone:",
          commands: [
            `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ports}{"\\n"}'`,
            `kubectl -n ${namespace} logs service/${name} --tail=50`,
          ],
        },
      },
    ];
  },
});
