import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import type { BackendPod, BackendWorkload, Fix } from '../../model.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'tunnel-agents-not-ready',
  title: 'an agent of the tunnel to the extension API servers is ready',
  severity: 'error',
  modes: ['N04'],
  scope: 'apiservice',
  hop: 'network',
  needs: ['apiService', 'failure', 'tunnelAgents'],
  causes: { signatures: ['konnectivity', 'egress-tunnel', 'tunnel-closed'] },
  explain: {
    looksAt: 'the pods with label `k8s-app=konnectivity-agent` in kube-system, while a request fails in the tunnel',
    why: 'kube-apiserver dials through konnectivity-server, and that through one of the agents that are connected to it. Without one it reaches no pod.',
    kubernetes:
      'The APIServices become `False`: `No agent available` over GRPC, `proxy error from SOCKET while dialing ADDRESS, code 500` over HTTPConnect. `kubectl logs` and `kubectl exec` fail, too.',
    repair: 'Start the agents, and let them reach konnectivity-server.',
    mirrors: 'kubernetes-sigs/apiserver-network-proxy, pkg/server/server.go and tunnel.go, v0.34.0',
  },
  run({ apiService, failure, tunnelAgents }) {
    const pods = (tunnelAgents?.pods ?? []).filter(({ deleting }) => !deleting);
    if (!failure || !tunnelAgents || pods.some(({ ready }) => ready)) return [];
    const { workloads } = tunnelAgents;
    const [first] = pods;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: kube-apiserver dials through konnectivity, and ${first ? 'none of its agents is ready' : 'none of its agents runs'}.`,
        at: first ? { object: `Pod kube-system/${first.name}`, field: 'status.conditions[Ready]' } : failure.at,
        evidence: [
          `\`${failure.text}\``,
          ...(first ? pods.slice(0, 3).map(stateOf) : [`no pod of ${list(workloads.map(({ name }) => name))} in namespace kube-system`]),
        ],
        fix: first ? notReady(first) : notMade(workloads),
      },
    ];
  },
});

const notReady = ({ name }: BackendPod): Fix => ({
  text: 'Find out why the agents are not ready. An agent is ready while it is connected to konnectivity-server:',
  commands: [
    sh`kubectl -n kube-system describe pod ${name}`,
    sh`kubectl -n kube-system get events --field-selector involvedObject.name=${name}`,
  ],
});

function notMade(workloads: readonly BackendWorkload[]): Fix {
  const down = workloads.filter(({ replicas }) => replicas === 0);
  if (down.length > 0 && down.length === workloads.length)
    return {
      text: 'Scale the agents up. If a schedule, an operator or GitOps scaled them down, change it there:',
      commands: down.map(({ name }) => sh`kubectl -n kube-system scale ${name} --replicas=1`),
    };
  return {
    text: 'Find out why no pod of the agents is made: nodes that they tolerate, quotas, admission. `kubectl logs` fails until one runs:',
    commands: workloads.map(({ name }) => sh`kubectl -n kube-system describe ${name}`),
  };
}

const stateOf = ({ name, node, phase, containers }: BackendPod): string => {
  const waiting = containers.find(({ state }) => state.is !== 'running')?.state;
  return `Pod kube-system/${name} on node ${node ?? '(none)'}: ${phase}${waiting?.reason ? `, \`${waiting.reason}\`` : ''}, not ready`;
};
