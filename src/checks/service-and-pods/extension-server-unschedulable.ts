import { defineCheck } from '../../check.ts';
import { editCommand } from './kubectl-commands.ts';
import { causedBy, unready } from './pod-health.ts';
import { evidenceOf, fails, serviceOf, since, words } from './workload-words.ts';

/** What the scheduler's words tell to do: the plugins of kubernetes/kubernetes, pkg/scheduler/framework/plugins, v1.37. */
const causes: readonly (readonly [RegExp, string])[] = [
  [
    /free ports/,
    'The port on the host that it asks for is taken on every node that it may run on: give it another hostPort, or take it off the host network.',
  ],
  [/SchedulingGated/, 'A scheduling gate holds it back: remove what is in `spec.schedulingGates`, or repair the controller that should.'],
  [/Insufficient/, 'No node has room for what it requests: let it request less, or add a node.'],
  [/taint/, 'No node whose taints it tolerates is left: add the toleration to the pod template, or a node.'],
  [/node affinity|node selector|didn't match Pod's/, 'No node has the labels that it asks for: correct its nodeSelector or affinity.'],
  [/persistentvolumeclaim|volume/i, 'A volume that it needs cannot be bound: look at its PersistentVolumeClaims.'],
];

export default defineCheck({
  id: 'extension-server-unschedulable',
  title: "a node takes the extension server's pods",
  severity: 'error',
  modes: ['S14', 'S15', 'S19', 'W16'],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['now', 'apiService', 'failure', 'backendPods'],
  causes: { signatures: ['connection-refused', 'no-endpoints', 'timeout'] },
  explain: {
    looksAt: 'the condition PodScheduled, when none of the pods behind the Service is ready',
    why: 'A pod that no node takes never starts: too large a request, a taint, a nodeSelector, a port of the host that is taken.',
    kubernetes: "The APIService is `False`, `MissingEndpoints`; the pod is Pending, and its condition holds the scheduler's words.",
    repair: 'Change in the pod template what the words name, or give the cluster a node that fits.',
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
      : 'No scheduler has looked at it: see whether kube-scheduler runs, and whether `spec.schedulerName` names one that exists.';
    return [
      {
        message: `${fails(apiService)}: no node takes the pods of ${serviceOf(apiService)}.`,
        at: { object: `Pod ${namespace}/${pod.name}`, field: 'status.conditions[PodScheduled]' },
        evidence: [
          evidenceOf(found, told ? words(told.reason, told.message) : `Pending without a word of a scheduler ${since(pod.createdAt, now)}`),
        ],
        fix: {
          text: because ?? 'Change in the pod template what the words name, or give the cluster a node that fits.',
          commands: [
            `kubectl -n ${namespace} describe pod ${pod.name}`,
            told ? editCommand(pod) : 'kubectl -n kube-system get pods -l component=kube-scheduler',
          ],
        },
      },
    ];
  },
});
