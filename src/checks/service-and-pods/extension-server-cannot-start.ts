import { defineCheck } from '../../check.ts';
import { provided } from '../../products/index.ts';
import { sh } from '../../sh.ts';
import { editOf } from './kubectl-commands.ts';
import { causedBy, endWithoutStart, eventOf, unready } from './pod-health.ts';
import { evidenceOf, fails, serviceOf, since, told, words } from './workload-words.ts';

/** The fix for kubelet's message. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /secret "?[^ ]+"? not found|configmap "?[^ ]+"? not found|references non-existent|couldn't find key/i,
    'Create the Secret or ConfigMap in the message, with the keys that the pod uses: cert-manager or the Helm chart creates it.',
  ],
  [/runAsNonRoot/, 'Set `runAsUser` in the pod template, because the image runs as root and the pod forbids it.'],
  [/FailedMount|FailedAttachVolume|MountVolume/, 'Fix the cause in the message, because a volume cannot be mounted.'],
  [/FailedCreatePodSandBox|network: |cni/i, 'Check the CNI plugin of the node, because it assigns no address to the pod.'],
  [
    /executable file not found|no such file or directory|permission denied/,
    'Correct `command` in the pod template, because the image has no such program.',
  ],
];

export default defineCheck({
  id: 'extension-server-cannot-start',
  title: "kubelet can start the extension API server's containers",
  severity: 'error',
  modes: ['S15', 'T19', 'W07'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  wants: ['backendEvents', 'product'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: "why the pods' containers wait, and the Warning events about them, if no pod behind the Service is ready",
    why: "A missing Secret (such as the one for the serving certificate), a volume, or the node's network keeps the extension API server from starting.",
    kubernetes:
      'The APIService is `False`, `MissingEndpoints`; the container waits in `ContainerCreating` or `CreateContainerConfigError`.',
    repair: 'Provide what kubelet waits for.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/kuberuntime/kuberuntime_container.go and pkg/kubelet/events/event.go, v1.37.2',
  },
  run({ now, apiService, failure, backendPods, backendEvents, product }) {
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
        fix: provided(product, all, namespace) ?? {
          text: causes.find(([pattern]) => pattern.test(all))?.[1] ?? 'Find out what kubelet waits for, and provide it.',
          commands: [sh`kubectl -n ${namespace} describe pod ${pod.name}`],
          edits: editOf(pod),
        },
      },
    ];
  },
});
