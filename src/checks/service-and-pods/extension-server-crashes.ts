import { defineCheck } from '../../check.ts';
import { type BackendContainer, type ExitMessage, exitMessageKinds } from '../../model.ts';
import { editCommand } from './kubectl-commands.ts';
import { causedBy, keepsEnding, unready } from './pod-health.ts';
import { probedElsewhere } from './target-port.ts';
import { evidenceOf, fails, serviceOf } from './workload-words.ts';

/** How the container ended: by the kernel for want of memory, by a word of the runtime, or by its own. */
function endOf(container: BackendContainer, said: ExitMessage | undefined) {
  const { state, last, memoryLimit } = container;
  const end = state.is === 'terminated' ? state : (last ?? state);
  // It did not fail: kubelet told it to stop.
  const elsewhere = end.exitCode === 0 && probedElsewhere(container);
  if (elsewhere)
    return {
      end,
      because: `kubelet stops it, for ${elsewhere}`,
      repair: 'Give `--secure-port`, the containerPort and the probes one number, and lead the Service there',
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
  const repair = signature && signature.next.slice(0, 1).toUpperCase() + signature.next.slice(1);
  return { end, because: signature && `the extension server ${signature.meaning}`, repair };
}

export default defineCheck({
  id: 'extension-server-crashes',
  title: 'the extension server runs without exiting',
  severity: 'error',
  modes: ['R05', 'R10', 'S13', 'S14', 'S15', 'N10', 'T19', 'W03', 'W04', 'W05', 'W06', 'W07', 'W09', 'W11', 'V01', 'Q04'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['lastWords'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  shows: exitMessageKinds,
  explain: {
    looksAt:
      'how the containers ended, when none of the pods behind the Service is ready, and the last words of their logs where these may be read',
    why: 'An extension server that exits at its start is restarted after ever longer pauses, up to 5 minutes, and serves nobody meanwhile.',
    kubernetes: 'The APIService is `False`, `MissingEndpoints`; the container waits in `CrashLoopBackOff`, or runs again for a moment.',
    repair: 'Do what the last words ask for: a flag, a file, a right, an etcd, memory. `kubectl logs --previous` shows them.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/container/sync_result.go, v1.37.2; k8s.io/apiserver, pkg/server/options, v0.37.2',
  },
  run({ now, apiService, failure, backendPods, lastWords }) {
    const found = causedBy('crashes', unready(failure, backendPods), now);
    const first = found?.[0].container;
    if (!found || !first) return [];
    const [{ pod }] = found;
    const words = ({ name }: BackendContainer) => lastWords?.find((one) => one.container === `${pod.name}/${name}`);
    const misses = words(first)?.signature?.kind === 'etcd-down';
    // An etcd that ends beside its server takes it along.
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
          text: repair ? `${repair}:` : 'See why it exits, and correct its arguments, files or rights:',
          commands: [`kubectl -n ${namespace} logs ${pod.name} -c ${container.name} --previous --tail=50`, editCommand(pod)],
        },
        // Without its log, what RBAC lacks is the likeliest reason.
        shows: said ? (said.signature ? [said.signature.kind] : []) : ['configmap-forbidden'],
      },
    ];
  },
});
