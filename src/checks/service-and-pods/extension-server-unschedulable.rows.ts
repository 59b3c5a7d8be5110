import { pod, unready, waits } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';
import type { BackendPod } from '../../model.ts';

const pending = (conditions: BackendPod['conditions'], seconds = 300) =>
  unready({}, { phase: 'Pending', node: null, conditions, createdAt: new Date(healthy.now.getTime() - seconds * 1000) });

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'no room',
    pending([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient cpu.' }]),
    [{ evidence: '1 Insufficient cpu', fix: 'Lower its requests', command: 'edit deployment/api' }],
  ],
  [
    'a port of the host',
    pending([
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message: "1 node(s) didn't have free ports for the requested pod ports",
      },
    ]),
    [{ fix: 'hostPort' }],
  ],
  [
    'words that nobody knows',
    pending([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'something new' }]),
    [{ fix: 'Fix the cause in the message in the pod template' }],
  ],
  ['no scheduler', pending([]), [{ evidence: "without a scheduler's message for 5m", command: 'component=kube-scheduler' }]],
  ['a moment ago', pending([], 5), 'passed'],
  ['it has a node', waits('ContainerCreating'), 'passed'],
  ['it is going', { ...pending([]), backendPods: [{ ...pod, ready: false, deleting: true }] }, 'passed'],
];
