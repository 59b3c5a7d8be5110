import { defineCheck } from '../../check.ts';
import { capitalized } from '../../format.ts';
import { type BackendContainer, type ExitMessage, exitMessageKinds } from '../../model.ts';
import { sh } from '../../sh.ts';
import { editOf, replace } from './kubectl-commands.ts';
import { causedBy, keepsEnding, unready } from './pod-health.ts';
import { probedElsewhere } from './target-port.ts';
import { evidenceOf, fails, serviceOf } from './workload-words.ts';

/** How the container ended: out of memory, stopped by kubelet, or by itself. */
function endOf(container: BackendContainer, said: ExitMessage | undefined) {
  const { state, last, memoryLimit } = container;
  const end = state.is === 'terminated' ? state : (last ?? state);
  // It did not fail: kubelet stopped it.
  const elsewhere = end.exitCode === 0 && probedElsewhere(container);
  if (elsewhere)
    return {
      end,
      because: `kubelet stops it because ${elsewhere}`,
      repair: "Use the same number for `--secure-port`, the containerPort, the probes and the Service's targetPort",
    };
  if (end.reason === 'OOMKilled' || said === undefined) {
    const killed = end.reason === 'OOMKilled';
    return {
      end,
      because: killed ? `it needs more memory than its limit${memoryLimit ? ` of \`${memoryLimit}\`` : ''} (OOMKilled)` : null,
      repair: killed ? 'Raise the memory limit' : null,
    };
  }
  const { signature } = said;
  const repair = signature && capitalized(signature.next);
  return { end, because: signature && `the extension API server ${signature.meaning}`, repair };
}

export default defineCheck({
  id: 'extension-server-crashes',
  title: 'the extension API server keeps running',
  severity: 'error',
  modes: ['R05', 'R10', 'S13', 'S14', 'S15', 'N10', 'T19', 'W03', 'W04', 'W05', 'W06', 'W07', 'W09', 'W11', 'V01', 'Q04'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['exitMessages'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  shows: exitMessageKinds,
  explain: {
    looksAt: 'how the containers ended if no pod behind the Service is ready, and the last lines of their logs if aggctl can read them',
    why: 'An extension API server that exits is restarted after increasing delays of up to 5 minutes and serves no requests meanwhile.',
    kubernetes: 'The APIService is `False`, `MissingEndpoints`; the container waits in `CrashLoopBackOff`, or runs briefly.',
    repair: 'Fix the cause in the last log line: a flag, a file, a right, etcd or memory. `kubectl logs --previous` shows it.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/container/sync_result.go, v1.37.2; k8s.io/apiserver, pkg/server/options, v0.37.2',
  },
  run({ now, apiService, failure, backendPods, exitMessages }) {
    const found = causedBy('crashes', unready(failure, backendPods), now);
    if (!found?.[0].container) return [];
    const { pod, container: first } = found[0];
    const words = ({ name }: BackendContainer) => exitMessages?.find((one) => one.container === `${pod.name}/${name}`);
    const misses = words(first)?.signature?.kind === 'etcd-down';
    // An etcd container that exits takes its server down.
    const container = (misses && pod.containers.find((one) => one !== first && keepsEnding(one, now))) || first;
    const said = words(container);
    const { end, because, repair } = endOf(container, said);
    const { namespace } = apiService.service;
    const how = `${end.reason || 'it ended'}${end.exitCode === null ? '' : `, exit code ${end.exitCode}`}`;
    const restarts = container.restarts === 1 ? '1 restart' : `${container.restarts} restarts`;
    return [
      {
        message: `${fails(apiService)}: container \`${container.name}\` behind ${serviceOf(apiService)} keeps exiting${because ? `: ${because}` : ''}.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: `status.containerStatuses[${container.name}]` },
        evidence: [
          evidenceOf(found, `${how}, ${restarts}`),
          ...(end.message ? [`\`${end.message.replace(/\s+/g, ' ').trim().slice(0, 300)}\``] : []),
          ...(said ? [`its log: \`${said.text}\``] : []),
        ],
        fix: {
          text: repair ? `${repair}:` : 'Find out why it exits, and correct its arguments, files or rights:',
          // Lines with a blank at the start are the options that many programs print after their error.
          commands: [
            sh`kubectl -n ${namespace} logs ${pod.name} -c ${container.name} --previous | grep -v '^ ' | tail -n 50`,
            ...(said?.signature?.restarts ? replace(pod) : []),
          ],
          ...(!said?.signature?.restarts && { edits: editOf(pod) }),
        },
        // Without its log, what RBAC lacks is the likeliest reason.
        shows: said ? (said.signature ? [said.signature.kind] : []) : ['configmap-forbidden'],
      },
    ];
  },
});
