import {
  anonymous,
  apiService,
  condition,
  discovery,
  line,
  probe,
  recovering,
  refused,
  rejects,
  request,
  steadily,
} from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, days, failing, healthy, unavailable } from '../../../test/support/facts.ts';
import { upgradeFrom } from '../../facts/cluster/upgrade.ts';

const soundForLong = { ...apiService, available: { status: 'True', reason: 'Passed', message: '', since: days(-1) } };

/** Texts of src/signatures that no check but this one knows: what each means, what to do, and the check that may explain it. */
const alone: readonly (readonly [text: string, says: string, fix: string])[] = [
  // golang/go, net/http/transport.go (dialConn), go1.26: a CONNECT proxy leaves only its reason phrase.
  ['Not Found', 'through an HTTP proxy that cannot reach it', 'NO_PROXY'],
  ['Internal Server Error', 'through an HTTP proxy that cannot reach it', 'NO_PROXY'],
  ['malformed HTTP response "\\x15\\x03\\x01"', 'through an HTTP proxy that cannot reach it', 'NO_PROXY'],
  ['dial tcp 10.96.100.10:443: socket: too many open files', 'has reached its limit of open files', 'Max open files'],
  ['dial tcp 10.96.100.10:443: connect: cannot assign requested address', 'no free local port', 'ss -s'],
  ['remote error: tls: unrecognized name', "has no certificate for the Service's name", 'SERVICE.NAMESPACE.svc'],
  ['remote error: tls: internal error', 'has no serving certificate to present', 'kubectl get csr'],
  ['stream error: stream ID 1; REFUSED_STREAM; received from peer', 'refuses requests before it reads them', 'a proxy in its pods'],
  [
    'net/http: HTTP/1.x transport connection broken: malformed HTTP response "\\x00\\x00\\x06"',
    'another protocol than HTTP over TLS',
    "Service's targetPort",
  ],
  // kubernetes-sigs/apiserver-network-proxy, konnectivity-client/pkg/client/client.go, v0.36.0.
  ['dial closed', 'the tunnel of konnectivity ended', 'konnectivity-agent pods'],
  ['tunnel closed', 'the tunnel of konnectivity ended', 'konnectivity-agent pods'],
  ['rpc error: code = Unavailable desc = error reading from server: EOF', 'the tunnel of konnectivity ended', 'konnectivity-server'],
  ['No agent available', 'konnectivity-server has no agent', 'konnectivity-agent pods'],
  [
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.4:8090: connect: connection refused"',
    'cannot connect to the tunnel',
    'konnectivity-server',
  ],
  // rancher/remotedialer v0.6.1, session_manager.go; gorilla/websocket v1.5.3, client.go.
  ['failed to find Session for client node-1', 'the tunnel of k3s, RKE2 or Rancher', 'k3s-agent'],
  ['websocket: bad handshake', 'the tunnel of k3s, RKE2 or Rancher', 'cattle-cluster-agent'],
];

const untrusted = 'error trying to reach service: tls: failed to verify certificate: x509: certificate signed by unknown authority';

export const rows: readonly Row[] = [
  [
    'one of several servers rejects, and its log says why',
    { ...discovery(rejects), serverLog: line('unclear') },
    [{ evidence: 'it names SN=7982, which openssl shows as serial 1F2E' }],
  ],
  ['it serves', {}, 'passed'],
  ...alone.map(([text, says, fix]) => [text, discovery(text), [{ says, fix, evidence: `\`${text}\`` }]] as const),
  ...['ServiceAccessError', 'EndpointsAccessError'].map(
    (reason) =>
      [
        reason,
        failing({
          ...apiService,
          available: { status: 'Unknown', reason, message: 'service/api in "wardle" cannot be checked due to: x', since: days(-1) },
        }),
        [{ says: 'from its own cache', fix: 'reflector.go', evidence: `Available Unknown (${reason})` }],
      ] as const,
  ),
  [
    'the extension server tells of its etcd',
    failing(soundForLong, answers(500, 'rpc error: code = Unavailable desc = etcdserver: request timed out'), undefined, [
      answers(500),
      answers(500),
    ]),
    [{ says: 'the etcd of the extension API server', fix: '--etcd-servers' }],
  ],
  [
    'the extension server tells of a connection of its own',
    failing(soundForLong, answers(500, 'dial tcp 10.96.0.9:9090: connect: connection refused'), undefined, [answers(500), answers(500)]),
    [{ says: 'users get 500 from the extension server' }],
  ],
  [
    'a tunnel of the egress proxy',
    unavailable(
      'FailedDiscoveryCheck',
      'failing or missing response from https://10.43.0.7:443/apis/x/v1: Get "https://10.43.0.7:443/apis/x/v1": proxy error from 127.0.0.1:6443 while dialing 10.42.1.3:8443, code 500: 500 Internal Server Error',
    ),
    [{ says: 'the egress proxy through which kube-apiserver dials does not reach' }],
  ],
  [
    'the condition is False',
    discovery(rejects),
    [
      {
        says: `\`${apiService.name}\` does not serve`,
        at: condition,
        evidence: 'Available False (FailedDiscoveryCheck) since 5m ago',
        command: `kubectl describe apiservice ${apiService.name}`,
      },
    ],
  ],
  [
    'the reason is known, the text is not',
    unavailable('ServiceNotFound', 'service/api in "wardle" is not present'),
    [
      {
        says: "the APIService's Service does not exist",
        explainedBy: [
          'built-in-group-shadowed',
          'service-is-kube-apiserver',
          'crd-version-shadowed',
          'apiservice-stale',
          'service-missing',
        ],
      },
    ],
  ],
  [
    'a text that nobody knows',
    discovery('something new'),
    [{ evidence: '`something new`', explainedBy: ['built-in-group-shadowed', 'service-is-kube-apiserver'] }],
  ],
  ['it was False a moment before a request succeeded', recovering(90), 'passed'],
  ['a request succeeds once, and then fails while it is False', recovering(90, [answers(503)]), [{ evidence: 'Available False' }]],
  [
    'the condition is True for long, and every request gets an answer of its own',
    failing(soundForLong, answers(500, 'no storage'), undefined, [answers(500), answers(500), answers(500)]),
    [{ evidence: 'gets another answer than users', at: probe }],
  ],
  [
    'it is refused each time, and the condition lags',
    steadily('error trying to reach service: dial tcp 10.96.100.10:443: connect: connection refused'),
    [{ says: 'nothing listens', evidence: 'the condition lags', at: probe }],
  ],
  [
    'it sees an anonymous user each time, and the condition lags',
    failing(soundForLong, answers(403, `forbidden: User "system:anonymous" cannot get path`), undefined, [
      answers(403, 'system:anonymous'),
    ]),
    [{ says: 'gets no client certificate', evidence: 'the condition lags', aspect: null }],
  ],
  ['the same, and the condition is young', failing(apiService, answers(500, 'no storage'), undefined, [answers(500)]), 'passed'],
  ['the same, and one request succeeds', failing(soundForLong, answers(500, 'no storage'), undefined, [answers(200)]), 'passed'],
  [
    'users get 401 each time, and the probe does not',
    failing(soundForLong, answers(401, 'Unauthorized'), undefined, [answers(401), answers(401)]),
    [{ says: 'answers 401 to you', fix: 'a user without a name', aspect: 'rejects-user', command: 'auth whoami' }],
  ],
  ['users get 401 once', failing(soundForLong, answers(401, 'Unauthorized'), undefined, [answers(200), answers(401)]), 'passed'],
  [
    'another server accepts kube-apiserver, and this one answers 401',
    { ...discovery(rejects), acceptedBy: 'v1.other.example.com' },
    [{ says: 'answers 401 to kube-apiserver, and the one of `v1.other.example.com` accepts', fix: 'its own authentication', aspect: null }],
  ],
  [
    'another server accepts kube-apiserver, and this one answers 403',
    { ...discovery(anonymous), acceptedBy: 'v1.other.example.com' },
    [{ says: 'answers 403 to kube-apiserver', fix: 'its own authorization' }],
  ],
  ['no other server does', { ...discovery(anonymous), acceptedBy: null }, [{ says: 'gets no client certificate' }]],
  [
    'another server accepts kube-apiserver, and this one is not reached',
    { ...discovery(refused), acceptedBy: 'v1.other.example.com' },
    [{ says: 'nothing listens' }],
  ],
  [
    'a condition was never written, and a request fails',
    failing({ ...apiService, available: null, createdAt: new Date(healthy.now.getTime() - 120_000) }, answers(503, 'service unavailable')),
    [{ evidence: 'the condition Available was never set' }],
  ],
  ['it is a minute old', failing({ ...apiService, available: null, createdAt: healthy.now }, answers(503)), 'passed'],
  ['the condition is True, and a request fails', request('error trying to reach service: dial tcp: i/o timeout'), 'passed'],
  [
    'only users see the certificate, and the upgrade ends that',
    { ...failing(soundForLong, answers(503, untrusted), 35), upgrade: upgradeFrom(35, 37) },
    [{ since: 36, effects: 'from Kubernetes 1.36 on' }],
  ],
  [
    'only users see the caBundle, and so does the probe after the upgrade',
    { ...failing(soundForLong, answers(500, 'unable to load root certificates: x'), 35), upgrade: upgradeFrom(35, 37) },
    [{ since: 36 }],
  ],
  [
    'users get an answer that no upgrade changes',
    { ...failing(soundForLong, answers(500, 'no storage'), 35, [answers(500), answers(500)]), upgrade: upgradeFrom(35, 37) },
    [{ effects: [] }],
  ],
  ['the probe sees the certificate already', { ...discovery(untrusted), upgrade: upgradeFrom(35, 37) }, [{ effects: [] }]],
];
