import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { editOf } from './kubectl-commands.ts';
import { causedBy, unready } from './pod-health.ts';
import { evidenceOf, fails, serviceOf, since, words } from './workload-words.ts';

/** The fix for the scheduler's message: the plugins of kubernetes/kubernetes, pkg/scheduler/framework/plugins, v1.37. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /free ports/,
    'Use another hostPort or remove the pod from the host network, because its host port is taken on every node that it can run on.',
  ],
  [/SchedulingGated/, 'Fix the controller that should remove the gates in `spec.schedulingGates`, or remove them.'],
  [/Insufficient/, 'Lower its requests or add a node, because no node has enough free resources.'],
  [/taint/, 'Add a toleration to the pod template or add a node, because it tolerates the taints of no remaining node.'],
  [/node affinity|node selector|didn't match Pod's/, 'Correct its nodeSelector or affinity, because no node has the required labels.'],
  [/persistentvolumeclaim|volume/i, 'Check its PersistentVolumeClaims, because a volume that it needs cannot be bound.'],
];

export default defineCheck({
  id: 'extension-server-unschedulable',
  title: "the extension API server's pods fit on a node",
  severity: 'error',
  modes: ['S14', 'S15', 'S19', 'W16'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the condition PodScheduled, if no pod behind the Service is ready',
    why: 'A pod that fits on no node never starts: its requests are too large, or a taint, a nodeSelector or a used host port excludes the nodes.',
    kubernetes: "The APIService is `False`, `MissingEndpoints`; the pod is Pending, and its condition contains the scheduler's message.",
    repair: 'Fix the cause in the message in the pod template, or add a node that fits.',
    mirrors: 'kubernetes/kubernetes, pkg/scheduler/schedule_one.go, v1.37.2',
  },
  run({ now, apiService, failure, backendPods }) {
    const found = causedBy('unschedulable', unready(failure, backendPods), now);
    if (!found) return [];
    const [{ pod }] = found;
    const told = pod.conditions.find(({ type }) => type === 'PodScheduled');
    const { namespace } = apiService.service;
    const because = told
      ? causes.find(([pattern]) => pattern.test(`${told.reason} ${told.message}`))?.[1]
      : 'Check that kube-scheduler runs and that `spec.schedulerName` names an existing scheduler, because none has processed the pod.';
    return [
      {
        message: `${fails(apiService)}: the pods of ${serviceOf(apiService)} fit on no node.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: 'status.conditions[PodScheduled]' },
        evidence: [
          evidenceOf(found, told ? words(told.reason, told.message) : `Pending without a scheduler's message ${since(pod.createdAt, now)}`),
        ],
        fix: {
          text: because ?? 'Fix the cause in the message in the pod template, or add a node that fits.',
          commands: [
            sh`kubectl -n ${namespace} describe pod ${pod.name}`,
            ...(told ? [] : [sh`kubectl -n kube-system get pods -l component=kube-scheduler`]),
          ],
          ...(told && { edits: editOf(pod) }),
        },
      },
    ];
  },
});
