import type { LoggedRejection } from '../../src/model.ts';
import { signatures } from '../../src/signatures/index.ts';
import { answers, ca, certificates, configMap, days, failing, healthy, servers, unavailable, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const { apiService } = healthy;
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
const response = `failing or missing response from ${url}: `;
const rejects = `${response}bad status from ${url}: 401`;
const anonymous = `${response}bad status from ${url}: 403`;
const refused = `${response}Get "${url}": dial tcp 10.96.100.10:443: connect: connection refused`;
const untrusted = `${response}Get "${url}": tls: failed to verify certificate: x509: certificate signed by unknown authority`;
const discovery = (message: string, service = {}) => unavailable('FailedDiscoveryCheck', message, service);
const condition = { object: `APIService ${apiService.name}`, field: 'status.conditions[Available]' };
const probe = { probe: 'GET /apis/wardle.example.com/v1alpha1' };
/** Available says True, and a request gets this. */
const request = (text: string, minor?: number) => failing(apiService, answers(503, text), minor);
const bundle = (...issued: Parameters<typeof certificates>[0]) => ({ caBundle: { certificates: certificates(issued) } });
/** Available says False still, since so many seconds, and a request succeeds. */
const recovering = (seconds: number, repeated: Parameters<typeof failing>[3] = []) => {
  const { apiService: service } = unavailable('FailedDiscoveryCheck', refused, {}, seconds);
  return failing(service as typeof apiService, answers(200), undefined, repeated);
};
const soundForLong = { ...apiService, available: { status: 'True', reason: 'Passed', message: '', since: days(-1) } };

/** What its log says of kube-apiserver's certificate. */
const line = (kind: LoggedRejection['kind']): LoggedRejection => ({
  kind,
  text: 'x509: …',
  pod: 'wardle/api-0',
  time: healthy.now,
  serial: { decimal: '7982', hex: '1F2E' },
  authorityKeyId: null,
  date: null,
  commonName: null,
  account: null,
});
/** What explains a refused connection, but for the symptom itself. */
const behindService = (signatures.find(({ name }) => name === 'connection-refused')?.explainedBy ?? []).filter(
  (id) => id !== 'extension-server-down',
);
const noRequestHeader = [
  'requestheader-ca-missing',
  'username-headers-missing',
  'configmap-missing',
  'configmap-requestheader-missing',
  'manifest-not-applied',
];

export const rows: Rows = {
  'extension-servers-see-anonymous': [
    ['all serve', servers(['', '']), 'passed'],
    [
      'the only one does',
      servers([anonymous]),
      [
        {
          says: 'The only extension server takes kube-apiserver for `system:anonymous`',
          at: { ...condition, object: 'APIService v1.api1.example.com' },
          command: 'aggregator-reload-proxy-client-cert',
        },
      ],
    ],
    [
      'both do',
      servers([anonymous, anonymous]),
      [{ says: '2 of 2 extension servers take', evidence: 'v1.api1.example.com and v1.api2.example.com' }],
    ],
    ['one of two serves', servers([anonymous, '']), 'passed'],
    ['one of two cannot be reached', servers([anonymous, refused]), [{ says: '1 of 2 extension servers takes' }]],
    ['they answer 401', servers([rejects, rejects]), 'passed'],
    ['nobody knows the APIServices', { commonFailure: unknown }, 'skipped'],
  ],
  'extension-servers-reject-front-proxy': [
    ['all serve', servers(['', '']), 'passed'],
    [
      'the only one does',
      servers([rejects]),
      [
        {
          says: 'The only extension server rejects kube-apiserver',
          evidence: '`bad status: 401`',
          command: 'kubectl -n wardle logs service/api',
        },
      ],
    ],
    ['three do', servers([rejects, rejects, rejects]), [{ says: '3 of 3 extension servers reject' }]],
    [
      'its log says that nothing names the user',
      { ...servers([rejects]), loggedRejection: line('no-request-header') },
      [{ evidence: 'log of wardle/api-0', explainedBy: noRequestHeader }],
    ],
    [
      'its log names an expired CA',
      { ...servers([rejects]), loggedRejection: line('ca-expired') },
      [{ explainedBy: ['requestheader-ca-expired'] }],
    ],
    [
      'two APIServices of one server do',
      servers([rejects, rejects], 'one Service'),
      [{ says: 'The only extension server rejects', evidence: 'v1.api1.example.com and v1.api2.example.com' }],
    ],
    ['one of two serves: the cause is its own', servers([rejects, '']), 'passed'],
    ['they differ: no common cause', servers([rejects, anonymous]), 'passed'],
    ['one of two cannot be reached', servers([rejects, refused]), [{ says: '1 of 2 extension servers rejects' }]],
    ['none can be reached', servers([refused, refused]), 'passed'],
  ],
  'cabundle-not-signer': [
    ['it serves', {}, 'passed'],
    [
      'the condition says so',
      { ...discovery(untrusted, bundle(ca('another-ca'))) },
      [
        {
          says: '`wardle.example.com/v1alpha1` fails for every user',
          at: { object: `APIService ${apiService.name}`, field: 'spec.caBundle' },
          evidence: 'caBundle: CN=another-ca (SHA-256',
          command: `kubectl patch apiservice ${apiService.name}`,
        },
      ],
    ],
    [
      'an old and a new CA, neither the right one',
      discovery(untrusted, bundle(ca('old-ca'), ca('new-ca'))),
      [{ evidence: 'CN=old-ca (SHA-256' }],
    ],
    ['no caBundle: the CAs of the image', discovery(untrusted, { caBundle: null }), [{ evidence: 'caBundle is empty' }]],
    [
      'a caBundle that does not parse',
      discovery(untrusted, { caBundle: { certificates: [], fault: 'unable to load root certificates' } }),
      [{ evidence: 'caBundle: unable to load root certificates' }],
    ],
    [
      'up to 1.35 only a request shows it',
      request('error trying to reach service: tls: failed to verify certificate: x509: certificate signed by unknown authority', 35),
      [{ evidence: '`x509: certificate signed by unknown authority`' }],
    ],
    [
      'from 1.36 the condition follows',
      request('error trying to reach service: tls: failed to verify certificate: x509: certificate signed by unknown authority', 36),
      'passed',
    ],
    ['it is not verified', { ...discovery(untrusted), apiService: { ...apiService, insecureSkipTLSVerify: true } }, 'inapplicable'],
    ['another fault of the certificate', discovery(`${response}x509: certificate has expired or is not yet valid`), 'passed'],
  ],
  'extension-server-down': [
    ['it serves', {}, 'passed'],
    [
      'nothing listens',
      discovery(refused),
      [
        {
          says: 'nothing listens at the address that kube-apiserver dials (Service `wardle/api`, port 443)',
          at: condition,
          evidence: '`dial tcp 10.96.100.10:443: connect: connection refused`',
          command: 'kubectl -n wardle describe service api',
          explainedBy: behindService,
        },
      ],
    ],
    [
      'nothing listens, and none can start on this ConfigMap',
      { ...discovery(refused), ...configMap({ malformed: [{ key: 'requestheader-allowed-names', reason: 'it is not JSON' }] }) },
      [{ explainedBy: ['configmap-value-unusable', ...behindService] }],
    ],
    [
      'nothing listens, and a broken CA keeps none from starting',
      { ...discovery(refused), ...configMap({ malformed: [{ key: 'requestheader-client-ca-file', reason: 'no PEM' }] }) },
      [{ explainedBy: behindService }],
    ],
    [
      'no ready pod',
      unavailable('MissingEndpoints', 'endpoints for service/api in "wardle" have no addresses with port name "https"'),
      [{ says: 'no ready pod stands behind the Service' }],
    ],
    [
      'no endpoints at all',
      unavailable('EndpointsNotFound', 'cannot find endpointslices for service/api in "wardle"'),
      [{ says: 'no ready pod' }],
    ],
    ['it answers 401', discovery(rejects), 'passed'],
    [
      'the condition does not say so yet',
      request('error trying to reach service: dial tcp 10.96.100.10:443: connect: connection refused'),
      'passed',
    ],
  ],
  'apiservice-unavailable': [
    [
      'one of several servers rejects, and its log says why',
      { ...discovery(rejects), ownLog: line('unclear') },
      [{ evidence: 'it names SN=7982, which openssl shows as serial 1F2E' }],
    ],
    ['it serves', {}, 'passed'],
    [
      'the tunnel of k3s',
      unavailable(
        'FailedDiscoveryCheck',
        'failing or missing response from https://10.43.0.7:443/apis/x/v1: Get "https://10.43.0.7:443/apis/x/v1": proxy error from 127.0.0.1:6443 while dialing 10.42.1.3:8443, code 500: 500 Internal Server Error',
      ),
      [{ says: "k3s's tunnel to the agent of that node does not get through" }],
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
          says: 'the Service that the APIService names does not exist',
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
      [{ evidence: 'does not get what users get', at: probe }],
    ],
    ['the same, and the condition is young', failing(apiService, answers(500, 'no storage'), undefined, [answers(500)]), 'passed'],
    ['the same, and one request succeeds', failing(soundForLong, answers(500, 'no storage'), undefined, [answers(200)]), 'passed'],
    ['the same, and the probe is about to see it', failing(soundForLong, answers(401), undefined, [answers(401)]), 'passed'],
    [
      'a condition was never written, and a request fails',
      failing(
        { ...apiService, available: null, createdAt: new Date(healthy.now.getTime() - 120_000) },
        answers(503, 'service unavailable'),
      ),
      [{ evidence: 'no condition Available was ever written' }],
    ],
    ['it is a minute old', failing({ ...apiService, available: null, createdAt: healthy.now }, answers(503)), 'passed'],
    ['the condition is True, and a request fails', request('error trying to reach service: dial tcp: i/o timeout'), 'passed'],
  ],
  'apiservice-in-transition': [
    ['it serves', {}, 'passed'],
    [
      'the condition is True, and a request fails',
      request('error trying to reach service: dial tcp: i/o timeout'),
      [{ says: 'a request fails while Available is True', at: probe, command: 'aggctl doctor' }],
    ],
    ['False for a moment, and a request succeeds', recovering(20), [{ says: 'Available was False a moment before', at: condition }]],
    ['it is a minute old', failing({ ...apiService, available: null, createdAt: healthy.now }, answers(503)), [{ says: 'it is new' }]],
    ['it is False, and stays so', discovery(rejects), 'passed'],
  ],
};
