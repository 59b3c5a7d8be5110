import { pod as backendPod, container } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { dial, onEks, pod, podSays, says, serves, throughAgents, timeout, toPod } from '../../../test/checks/way.ts';
import { healthy } from '../../../test/support/facts.ts';
import { keda } from '../../products/keda.ts';

const backend = {
  namespace: 'active',
  service: {
    type: 'ClusterIP',
    clusterIP: '10.96.100.10',
    externalName: null,
    ports: [{ name: 'https', port: 443, targetPort: 10250 }],
    selector: null,
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    deleting: false,
  },
} as const;
const forwardedTo = (probe: string) =>
  ({ ...(healthy.serving ?? { chain: [], protocol: null, from: 'handshake' }), at: { probe } }) as NonNullable<typeof healthy.serving>;

export const rows: readonly Row[] = [
  serves,
  ...[
    'dial tcp 10.96.100.10:443: connect: connection timed out',
    'net/http: timeout awaiting response headers',
    'net/http: TLS handshake timeout',
  ].map((text) => [text, { ...says(text), dials: null }, [{ says: 'does not answer kube-apiserver within 5 s', evidence: text }]] as const),
  ...['dial timeout, backstop', 'dial timeout, context', 'timed out waiting for backend dial'].map(
    (text) =>
      [
        `an agent of konnectivity dials, whether or not its configuration is visible: ${text}`,
        { ...says(text), dials: null },
        [{ evidence: "the message is konnectivity's: its agents open the connection", fix: 'Every agent', command: 'konnectivity-agent' }],
      ] as const,
  ),

  [
    'nobody dialled, and a NetworkPolicy and a mesh may be in the way',
    {
      ...timeout,
      dials: null,
      backend: { others: null, ...backend },
      backendPods: [pod('linkerd-proxy')],
      networkPolicies: ['deny'],
    },
    [
      {
        says: '`10.96.100.10:443` (Service `wardle/api`) does not answer kube-apiserver within 5 s',
        evidence: 'NetworkPolicy deny restricts',
        fix: 'reach port 10250',
      },
    ],
  ],
  [
    'nobody sees its pods, and its product tells the port',
    { ...timeout, dials: null, backend: null, backendPods: null, product: keda },
    [{ fix: 'reach port 6443' }],
  ],
  ['nobody gets an answer', { ...timeout, dials: [dial('ClusterIP', false)] }, [{ evidence: 'from this node ClusterIP 10.96.100.10:443' }]],
  [
    'a tunnel through kubelet reaches it, and the way is known',
    {
      ...timeout,
      dials: null,
      route: { to: 'ClusterIP', evidence: 'the condition names the ClusterIP, 10.96.100.10' },
      serving: forwardedTo('TLS handshake by port-forward with pod wardle/api-0, port 10250'),
    },
    [{ evidence: "kube-apiserver's route to it is blocked, or it is slow" }],
  ],
  [
    'a direct handshake proves nothing of the kind',
    {
      ...timeout,
      dials: null,
      route: { to: 'pod', evidence: "the condition names the pod's address, 10.244.0.7" },
      serving: forwardedTo('TLS handshake with 10.96.100.10:443'),
    },
    [{ evidence: "the condition names the pod's address" }],
  ],
  ['it is slow', { ...timeout, dials: [dial('ClusterIP', true)] }, 'passed'],
  ['the other way is open', { ...timeout, dials: [dial('ClusterIP', false), dial('pod', true)] }, 'passed'],
  [
    'the way leads over the ClusterIP',
    { ...timeout, dials: null, serving: null, networkPolicies: [], route: { to: 'ClusterIP', evidence: 'the condition names it' } },
    [
      {
        evidence: ['context deadline exceeded', 'the condition names it', 'kube-proxy on its node forwards'],
        fix: 'check that kube-proxy runs',
      },
    ],
  ],
  [
    'the way leads to the pod',
    { ...timeout, dials: null, serving: null, networkPolicies: [], route: { to: 'pod', evidence: 'the condition names it' } },
    [{ evidence: ['context deadline exceeded', 'the condition names it'], fix: 'NetworkPolicy). To tell' }],
  ],
  [
    'the ClusterIP is of IPv6: the URL has brackets',
    {
      ...timeout,
      dials: null,
      serving: null,
      networkPolicies: [],
      backend: { others: null, ...backend, service: { ...backend.service, clusterIP: 'fd00::7' } },
    },
    [{ command: "https://[$(kubectl -n wardle get service api -o jsonpath='{.spec.clusterIP}')]:443/" }],
  ],
  [
    'an agent gets no answer',
    { ...podSays('dial tcp 10.244.0.7:8443: i/o timeout'), ...throughAgents, ...toPod, dials: null, serving: null, networkPolicies: [] },
    [{ evidence: 'each from its own host', fix: 'Every agent of the egress proxy must reach port 8443', aspect: null }],
  ],
  [
    'the security group of EKS drops it',
    { ...podSays('dial tcp 10.244.0.7:8443: i/o timeout'), ...onEks, ...toPod, dials: null, serving: null, networkPolicies: [] },
    [{ fix: 'inbound rule for TCP port 8443 from the cluster security group', aspect: null }],
  ],
  [
    'a provider, and the port has a name',
    {
      ...timeout,
      ...onEks,
      dials: null,
      serving: null,
      networkPolicies: [],
      backend: { others: null, ...backend, service: { ...backend.service, ports: [{ name: 'https', port: 443, targetPort: 'https' }] } },
      backendPods: [{ ...backendPod, containers: [{ ...container, ports: [{ name: 'https', port: 10251 }] }] }],
    },
    [{ fix: 'inbound rule for TCP port 10251', aspect: 'route-unknown' }],
  ],
];
