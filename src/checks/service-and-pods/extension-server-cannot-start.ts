import { defineCheck } from '../../check.ts';
import { editCommand } from './kubectl-commands.ts';
import { causedBy, endWithoutStart, eventOf, unready } from './pod-health.ts';
import { evidenceOf, fails, serviceOf, since, told, words } from './workload-words.ts';

/** What kubelet's words tell to do. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /secret "?[^ ]+"? not found|configmap "?[^ ]+"? not found|references non-existent|couldn't find key/i,
    'Create the Secret or ConfigMap that the words name, with the keys that the pod asks for: cert-manager or the chart makes it.',
  ],
  [/runAsNonRoot/, 'The image runs as root, and the pod forbids it: set `runAsUser` in the pod template.'],
  [/FailedMount|FailedAttachVolume|MountVolume/, 'A volume cannot be mounted: do away with what the words name.'],
  [/FailedCreatePodSandBox|network: |cni/i, 'The network of the node gives it no address: look at the CNI plugin of that node.'],
  [
    /executable file not found|no such file or directory|permission denied/,
    'The image has no such program: correct `command` in the pod template.',
  ],
];

export default defineCheck({
  id: 'extension-server-cannot-start',
  title: "kubelet can start the extension server's containers",
  severity: 'error',
  modes: ['S15', 'T19', 'W07'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['backendEvents'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt:
      'what the containers of the pods wait for, and the Warning events about them, when none of the pods behind the Service is ready',
    why: 'A Secret that is not there yet, such as that of the serving certificate, a volume or the network of a node holds the extension server back before it runs.',
    kubernetes:
      'The APIService is `False`, `MissingEndpoints`; the container waits in `ContainerCreating` or `CreateContainerConfigError`.',
    repair: 'Give the pod what kubelet waits for.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/kuberuntime/kuberuntime_container.go and pkg/kubelet/events/event.go, v1.37.2',
  },
  run({ now, apiService, failure, backendPods, backendEvents }) {
    const found = causedBy('cannot-start', unready(failure, backendPods), now);
    if (!found) return [];
    const [{ pod, container }] = found;
    const state = (container && endWithoutStart(container)) ?? container?.state ?? pod.containers[0]?.state;
    const event = eventOf(pod, backendEvents, /^Failed/);
    const all = `${state?.reason} ${state?.message} ${event?.reason} ${event?.message}`;
    const { namespace } = apiService.service;
    return [
      {
        message: `${fails(apiService)}: the node cannot start ${container ? `container \`${container.name}\` behind` : 'the pods of'} ${serviceOf(apiService)}.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: 'status.containerStatuses' },
        evidence: [
          evidenceOf(found, [words(state?.reason ?? '', state?.message ?? ''), since(pod.createdAt, now)].filter(Boolean).join(', ')),
          ...told(event),
        ],
        fix: {
          text: causes.find(([pattern]) => pattern.test(all))?.[1] ?? 'See what kubelet waits for, and give the pod that.',
          commands: [`kubectl -n ${namespace} describe pod ${pod.name}`, editCommand(pod)],
        },
      },
    ];
  },
});
