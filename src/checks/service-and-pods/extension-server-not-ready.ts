import { defineCheck } from '../../check.ts';
import { capitalized } from '../../format.ts';
import { sh } from '../../sh.ts';
import { approve, waiting } from '../users/approve-certificates.ts';
import { editOf } from './kubectl-commands.ts';
import { causedBy, eventOf, unready } from './pod-health.ts';
import { probedElsewhere } from './target-port.ts';
import { evidenceOf, fails, serviceOf, told, words } from './workload-words.ts';

export default defineCheck({
  id: 'extension-server-not-ready',
  title: 'a pod of the extension API server is ready',
  severity: 'error',
  modes: ['R05', 'R08', 'S04', 'S13', 'S15', 'S16', 'S17', 'W06', 'W11', 'W15', 'V11', 'Q07'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['backendEvents', 'exitMessages', 'pendingCertificates'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the readiness of running pods, the events of their probes, and the last lines of their logs if aggctl can read them',
    why: 'A running pod that is not ready gets no requests. The reason may be unrelated to the aggregation layer: metrics-server is not ready until it has scraped a kubelet.',
    kubernetes: 'The APIService is `False`, `MissingEndpoints`; the pod is Running, 0/1, with events `Unhealthy`.',
    repair: 'Fix what the probe checks, or the probe.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/prober/prober.go, v1.37.2; sigs.k8s.io/metrics-server, pkg/server/server.go, v0.9.0',
  },
  run({ now, apiService, failure, backendPods, backendEvents, exitMessages, pendingCertificates }) {
    const found = causedBy('not-ready', unready(failure, backendPods), now);
    if (!found) return [];
    const [{ pod, container }] = found;
    const { namespace } = apiService.service;
    const said = exitMessages?.find((one) => one.container === `${pod.name}/${container?.name}` && one.signature);
    const event = container ? eventOf(pod, backendEvents, /^Unhealthy$/) : undefined;
    const probe = container?.readiness;
    const condition = pod.conditions.find(({ type }) => type === 'Ready');
    const elsewhere = container && probedElsewhere(container);
    const metrics = said?.signature?.ofMetricsServer;
    const withoutCertificate = said?.signature?.kind === 'kubelet-without-certificate' ? said.signature : null;
    const pending = withoutCertificate ? (pendingCertificates ?? []) : [];
    const because = container
      ? said?.signature
        ? `the extension API server ${said.signature.meaning}`
        : (elsewhere ?? `its readiness probe${probe ? ` (\`${probe.scheme} :${probe.port}${probe.path}\`)` : ''} does not succeed`)
      : pod.phase === 'Running'
        ? `its containers run, but node \`${pod.node}\` no longer reports its status`
        : `it has terminated (\`${pod.reason || pod.phase}\`)`;
    return [
      {
        message: metrics
          ? `Not an aggregation fault: \`${apiService.group}/${apiService.version}\` fails for every user because metrics-server is not ready: it ${said?.signature?.meaning}.`
          : `${fails(apiService)}: no pod of ${serviceOf(apiService)} is ready: ${because}.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: 'status.conditions[Ready]' },
        evidence: [
          evidenceOf(found, words(condition?.reason || pod.reason, condition?.message || pod.message) || pod.phase),
          ...told(event),
          ...(said ? [`its log: \`${said.text}\``] : []),
          ...waiting(pending),
        ],
        fix: withoutCertificate
          ? approve(withoutCertificate.next, pending)
          : said?.signature
            ? {
                text: `${capitalized(said.signature.next)}.`,
                commands: [sh`kubectl -n ${namespace} logs ${pod.name} --all-containers --tail=50`],
              }
            : container
              ? {
                  text: elsewhere
                    ? "Use the same number for `--secure-port`, the containerPort, the probes and the Service's targetPort:"
                    : "Read the probe's result and the log, and fix what the extension API server waits for:",
                  commands: [
                    ...(elsewhere ? [] : [sh`kubectl -n ${namespace} describe pod ${pod.name}`]),
                    sh`kubectl -n ${namespace} logs ${pod.name} -c ${container.name} --tail=50`,
                  ],
                  ...(elsewhere && { edits: editOf(pod) }),
                }
              : {
                  text: `Check node \`${pod.node ?? ''}\` and its kubelet:`,
                  commands: [sh`kubectl get node ${pod.node ?? ''} -o wide`, sh`kubectl -n ${namespace} describe pod ${pod.name}`],
                },
      },
    ];
  },
});
