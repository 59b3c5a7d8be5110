import type { ApiService, Dial } from '../../src/model.ts';
import { answers, days, failing, healthy, unavailable } from '../support/facts.ts';
import type { Expected, Rows } from './row.ts';

const { apiService } = healthy;
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
const says = (text: string, service: Partial<ApiService> = {}) =>
  unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: Get "${url}": ${text}`, service);
const serves = ['it serves', {}, 'passed'] as const;
const dial = (to: Dial['to'], connected: boolean, address = to === 'pod' ? '10.244.0.7:8443' : '10.96.100.10:443'): Dial => ({
  to,
  address,
  connected,
  message: connected ? '' : `\`https://${address}\` completed no connection (TCP): check the firewall.`,
});
const timeout = says('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
const noRoute = says('dial tcp 10.96.100.10:443: connect: no route to host');
const unanswered = answers(503, 'error trying to reach service: context deadline exceeded');
const turnedAway = answers(429, 'rate limit exceeded');
const available = { status: 'True', reason: 'Passed', message: '', since: days(-1) };
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
const pod = (container: string) =>
  ({ name: 'api-0', containers: [{ name: 'api' }, { name: container }] }) as unknown as NonNullable<typeof healthy.backendPods>[number];

/** A row that the text alone proves. */
const byText = (text: string, expected: Expected = {}) =>
  [
    serves,
    ['kube-apiserver says so', says(text), [{ says: '`wardle.example.com/v1alpha1` fails for every user', ...expected }]],
    ['the condition does not say so yet', failing(apiService, answers(503, `error trying to reach service: ${text}`)), 'passed'],
    ['it says something else', says('dial tcp 10.96.100.10:443: connect: connection refused'), 'passed'],
  ] as const;

export const rows: Rows = {
  'aggregator-routing-wrong': [
    serves,
    [
      'the ClusterIP is dead, and a pod answers',
      { ...timeout, dials: [dial('ClusterIP', false), dial('pod', true)] },
      [
        {
          says: 'kube-apiserver dials the ClusterIP, `10.96.100.10:443`',
          evidence: 'from this node pod 10.244.0.7:8443',
          command: 'kube-proxy',
        },
      ],
    ],
    [
      'the pod is dead, and the ClusterIP answers',
      {
        ...unavailable(
          'FailedDiscoveryCheck',
          'failing or missing response from https://10.244.0.7:8443/apis/x/v1: Get "https://10.244.0.7:8443/apis/x/v1": context deadline exceeded',
        ),
        dials: [dial('ClusterIP', true), dial('pod', false)],
      },
      [{ says: 'kube-apiserver dials the pod itself', fix: 'take `--enable-aggregator-routing` off', command: 'ip route' }],
    ],
    ['both are dead', { ...timeout, dials: [dial('ClusterIP', false), dial('pod', false)] }, 'passed'],
    [
      'one of two pods answers',
      { ...timeout, dials: [dial('ClusterIP', true), dial('pod', false), dial('pod', true, '10.244.0.8:8443')] },
      'passed',
    ],
    ['nobody dialled', { ...timeout, dials: null }, 'passed'],
  ],
  'extension-server-no-route': [
    serves,
    ['kube-apiserver says so', { ...noRoute, dials: null }, [{ says: 'has no way to `10.96.100.10:443`', command: 'ip route' }]],
    ['IPv6', says('dial tcp [fd00::a]:443: connect: network is unreachable'), [{ says: '`[fd00::a]:443`' }]],
    ['the other way is open', { ...noRoute, dials: [dial('ClusterIP', false), dial('pod', true)] }, 'passed'],
  ],
  'extension-server-slow': [
    serves,
    [
      'it takes connections',
      { ...timeout, dials: [dial('ClusterIP', true), dial('pod', true)] },
      [{ says: 'takes connections and does not answer within 5 s', evidence: 'from this node ClusterIP' }],
    ],
    ['nobody dialled', { ...timeout, dials: null }, 'passed'],
    [
      'users wait, each time, and the probe does not',
      { ...failing({ ...apiService, available }, unanswered, 37, [unanswered, unanswered]), dials: null },
      [{ says: 'leaves them without an answer for 5 s, though Available is True', command: 'subjectaccessreviews' }],
    ],
    [
      'users wait, and nothing gets there',
      { ...failing({ ...apiService, available }, unanswered, 37, [unanswered, unanswered]), dials: [dial('ClusterIP', false)] },
      'passed',
    ],
    ['a user waited once', failing({ ...apiService, available }, unanswered, 37, [unanswered, answers(200)]), 'passed'],
    ['it takes none', { ...timeout, dials: [dial('ClusterIP', false)] }, 'passed'],
  ],
  'extension-server-no-answer': [
    serves,
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
          says: 'gets no answer from `10.96.100.10:443` (Service `wardle/api`) within 5 s',
          evidence: 'may be NetworkPolicy deny',
          fix: 'Open port 10250',
        },
      ],
    ],
    [
      'nobody gets an answer',
      { ...timeout, dials: [dial('ClusterIP', false)] },
      [{ evidence: 'from this node ClusterIP 10.96.100.10:443' }],
    ],
    [
      'a tunnel through kubelet reaches it, and the way is known',
      {
        ...timeout,
        dials: null,
        route: { to: 'ClusterIP', evidence: 'the condition names the ClusterIP, 10.96.100.10' },
        serving: forwardedTo('TLS handshake by port-forward with pod wardle/api-0, port 10250'),
      },
      [{ evidence: 'the way that kube-apiserver takes to it is blocked, or it is slow' }],
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
  ],
  'extension-server-rejects-connections': [
    ...byText('EOF', { command: 'spec.ports' }),
    ['reset', says('read tcp 10.0.0.1:4->10.96.100.10:443: read: connection reset by peer'), [{ evidence: 'reset by peer' }]],
    [
      'after the handshake',
      says('write tcp 10.0.0.1:4->10.96.100.10:443: write: broken pipe'),
      [{ evidence: 'demands a client certificate' }],
    ],
    ['in a mesh', { ...says('EOF'), backendPods: [pod('istio-proxy')] }, [{ evidence: 'may be the service mesh: istio-proxy in api-0' }]],
  ],
  'extension-server-overloaded': [
    serves,
    [
      'the probe is turned away',
      unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: bad status from ${url}: 429`),
      [{ says: 'fails for every user', evidence: 'bad status: 429', command: 'flowschemas' }],
    ],
    [
      'the probe is spared, as a member of system:masters',
      failing({ ...apiService, available }, turnedAway, 37, [turnedAway, turnedAway]),
      [{ says: 'fails for users: its extension server', evidence: 'spare system:masters' }],
    ],
    ['for a moment', failing({ ...apiService, available }, turnedAway, 37, [turnedAway, answers(200)]), 'passed'],
  ],
  'extension-server-not-https': byText('http: server gave HTTP response to HTTPS client', { command: 'spec.ports' }),
  'extension-server-without-tls-1-2': byText('remote error: tls: protocol version not supported', { command: 'tls-min-version' }),
  'extension-server-without-common-cipher': byText('remote error: tls: handshake failure', { command: 'tls-cipher-suites' }),
  'extension-server-rejects-client-ca': byText('remote error: tls: unknown certificate authority', {
    command: 'requestheader-client-ca-file',
  }),
};
