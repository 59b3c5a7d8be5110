import { defineCheck } from '../../check.ts';
import { exclusion } from '../../products/sidecars/index.ts';
import { sh } from '../../sh.ts';
import { failsBy, meshed, routeOf, routeUnknown, target, tried } from './network-path.ts';

/** With TLS 1.3 kube-apiserver completes the handshake before the server verifies its certificate, so it may write to a closed connection. */
const early = (text: string): readonly string[] =>
  /write: (?:broken pipe|connection reset)/.test(text)
    ? ["the server closed the connection after the handshake, as one does that rejects kube-apiserver's client certificate"]
    : [];

export default defineCheck({
  id: 'extension-server-rejects-connections',
  title: 'the extension API server answers on its connections',
  severity: 'error',
  modes: ['N12'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure'],
  wants: ['backendPods', 'dials'],
  causes: { signatures: ['cut-off'] },
  aspects: [routeUnknown],
  explain: {
    looksAt: "kube-apiserver's message about the connection: `EOF`, `connection reset by peer`, `broken pipe`, or a reset stream",
    why: 'A server accepts the connection and closes it: another program on that port, a service mesh proxy that requires its own TLS, a load balancer without a backend, or an extension API server that crashes.',
    kubernetes: 'The APIService is `False`: `EOF`, `read: connection reset by peer` or `stream error: … INTERNAL_ERROR`.',
    repair:
      "Set the Service's targetPort to the extension API server's TLS port, exclude that port from the mesh, and search the server's log for a panic.",
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run({ apiService, failure, backendPods, dials }) {
    if (!failsBy(failure, 'cut-off')) return [];
    const { namespace, name } = apiService.service;
    const proxy = backendPods?.find(({ meshProxy }) => meshProxy)?.meshProxy;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${target(apiService, failure)} accepts connections and closes them without an answer${proxy ? `, and the service mesh proxy \`${proxy}\` is before its pods` : ''}.`,
        at: failure.at,
        ...routeOf(failure),
        evidence: [`\`${failure.text}\``, ...tried(dials), ...early(failure.text), ...meshed(backendPods)],
        fix: {
          text: `${
            proxy ? `${exclusion(proxy)}. If the connections still end, compare` : 'Compare'
          } the Service's targetPort with the extension API server's TLS port, and search its log for a panic or a rejected client certificate${(backendPods ?? []).length > 0 ? '' : '. Exclude that port from a service mesh'}:`,
          commands: [
            sh`kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ports}{"\\n"}'`,
            sh`kubectl -n ${namespace} logs service/${name} --tail=50`,
          ],
        },
      },
    ];
  },
});
