import type { Row } from '../../../test/checks/row.ts';
import { dial, notThroughAgents, onEks, podSays, says, serves, throughAgents, throughK3s, toPod } from '../../../test/checks/way.ts';

const noRoute = says('dial tcp 10.96.100.10:443: connect: no route to host');

export const rows: readonly Row[] = [
  serves,
  [
    'k3s dials through the agent on the node of the pod',
    { ...podSays('dial tcp 10.244.0.7:8443: connect: no route to host'), ...throughK3s, ...toPod, dials: null },
    [
      {
        says: "the k3s agent on the pod's node has no route to `10.244.0.7:8443`",
        evidence: '`egress-selector-mode` in `/etc/rancher/k3s/config.yaml`',
        fix: "on the pod's own node",
        command: 'journalctl -u k3s-agent',
      },
    ],
  ],
  ['kube-apiserver says so', { ...noRoute, dials: null }, [{ says: 'has no route to `10.96.100.10:443`', command: 'ip route' }]],
  [
    'nodes without a shell',
    { ...noRoute, dials: null, distribution: 'Talos' },
    [{ says: 'has no route', command: 'kubectl debug node/NODE -it --image=busybox -- ip route' }],
  ],
  ['IPv6', says('dial tcp [fd00::a]:443: connect: network is unreachable'), [{ says: '`[fd00::a]:443`' }]],
  [
    'an agent has none',
    { ...podSays('dial tcp 10.244.0.7:8443: connect: no route to host'), ...throughAgents, ...toPod, dials: null },
    [
      {
        says: "an agent of kube-apiserver's egress proxy has no route to `10.244.0.7:8443`",
        evidence: ['no route to host', 'through the egress proxy in `/etc/kubernetes/egress.yaml`'],
        fix: 'Every agent of the egress proxy must reach port 8443',
        command: 'konnectivity-agent',
      },
    ],
  ],
  [
    'the egress proxy is for other connections',
    { ...noRoute, ...notThroughAgents, dials: null },
    [{ says: 'the control-plane node has no route' }],
  ],
  [
    'the control plane of a provider has none',
    { ...podSays('dial tcp 10.244.0.7:8443: connect: no route to host'), ...onEks, ...toPod, dials: null },
    [{ says: "EKS's control plane has no route", fix: 'inbound rule for TCP port 8443', command: 'aws eks describe-cluster' }],
  ],
  [
    'it has no IPv6 address',
    says('dial tcp [fd00::a]:443: connect: cannot assign requested address'),
    [{ says: 'has no IPv6 address from which it could dial `[fd00::a]:443`', fix: 'Enable IPv6', command: '.spec.ipFamilies' }],
  ],
  ...['operation not permitted', 'permission denied'].map(
    (error) =>
      [
        `its own host forbids it: ${error}`,
        { ...says(`dial tcp 10.96.100.10:443: connect: ${error}`), dials: null },
        [
          {
            says: 'the control-plane node does not permit connections to `10.96.100.10:443`',
            evidence: error,
            command: 'ip route get 10.96.100.10',
            fix: 'outgoing traffic',
          },
        ],
      ] as const,
  ),
  [
    'the host of an agent forbids it',
    { ...podSays('dial tcp 10.244.0.7:8443: connect: permission denied'), ...throughAgents, ...toPod, dials: null },
    [{ says: "an agent of kube-apiserver's egress proxy does not permit connections", command: 'konnectivity-agent' }],
  ],
  ['a name in a text', says('lookup connect: permission denied'), 'passed'],
  ['it has no local port left', says('dial tcp 10.96.100.10:443: connect: cannot assign requested address'), 'passed'],
  ['the other way is open', { ...noRoute, dials: [dial('ClusterIP', false), dial('pod', true)] }, 'passed'],
];
