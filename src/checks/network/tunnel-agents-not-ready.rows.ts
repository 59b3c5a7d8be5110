import { pod } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { says, serves, timeout } from '../../../test/checks/way.ts';

const none = says('No agent available');
const connect = says('proxy error from /run/konnectivity.socket while dialing 10.96.100.10:443, code 500: 500 Internal Server Error');
const workload = (name: string, replicas: number | null) => ({ name, labels: {}, replicas, refused: null });
const workloads = [workload('daemonset/konnectivity-agent', null)];
const agent = { ...pod, namespace: 'kube-system', name: 'konnectivity-agent-x', ready: false, deleting: false };
const agents = (...pods: readonly (typeof agent)[]) => ({ tunnelAgents: { pods, workloads } });

export const rows: readonly Row[] = [
  [...serves],
  ['nothing bears the label', { ...none, tunnelAgents: null }, 'passed'],
  ['an agent is ready', { ...none, ...agents({ ...agent, ready: true }) }, 'passed'],
  ['another failure: nobody looked', { ...timeout, tunnelAgents: null }, 'passed'],
  [
    'no agent runs',
    { ...none, ...agents() },
    [{ says: 'none of its agents runs', command: 'kubectl -n kube-system describe daemonset/konnectivity-agent' }],
  ],
  [
    'they are scaled to zero',
    { ...none, tunnelAgents: { pods: [], workloads: [workload('deployment/konnectivity-agent', 0)] } },
    [{ says: 'none of its agents runs', command: 'kubectl -n kube-system scale deployment/konnectivity-agent --replicas=1' }],
  ],
  [
    'none is ready, over HTTPConnect',
    { ...connect, ...agents(agent) },
    [
      {
        says: 'none of its agents is ready',
        evidence: 'Pod kube-system/konnectivity-agent-x on node',
        command: 'kubectl -n kube-system describe pod konnectivity-agent-x',
      },
    ],
  ],
  [
    'the only ready one is being deleted',
    { ...none, ...agents({ ...agent, ready: true, deleting: true }) },
    [{ says: 'none of its agents runs' }],
  ],
];
