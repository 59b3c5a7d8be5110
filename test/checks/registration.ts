import type {
  ApiService,
  CustomResource,
  Discovery,
  FieldManager,
  ListedApiService,
  PublishedVersion,
  UserRequest,
} from '../../src/model.ts';
import { answers, ca, certificates, configMap, days, failing, healthy, unavailable, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const { apiService } = healthy;
const { group, version, name } = apiService;
const url = `https://10.96.100.10:443/apis/${group}/${version}`;
const response = `failing or missing response from ${url}: `;
const failed = (text: string, service: Partial<ApiService> = {}) =>
  unavailable('FailedDiscoveryCheck', `${response}Get "${url}": ${text}`, service);
const untrusted = 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
const object = `APIService ${name}`;
const bundle = { object, field: 'spec.caBundle' };
const garbage = { certificates: [], fault: 'unable to load root certificates: unable to parse bytes as PEM block' };
const injected = { 'cert-manager.io/inject-ca-from': 'wardle/api-serving' };
const openshift = { 'service.beta.openshift.io/inject-cabundle': 'true' };
const settledAt = { createdAt: days(-1), available: { status: 'True', reason: 'Passed', message: '', since: days(-1) } };

const expiredCa = ca('old-ca', { notAfter: days(-3) });
const ended = days(-3)
  .toISOString()
  .replace(/\.\d+Z/, 'Z');
const isAfter = `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time T is after ${ended}`;
const bundleOf = (...issued: Parameters<typeof certificates>[0]) => ({ caBundle: { certificates: certificates(issued) } });

const gone = unavailable('ServiceNotFound', 'service/api in "wardle" is not present');
const backend = (namespace: 'absent' | 'active') => ({ backend: { namespace, service: null, others: null } });
const gizmos: CustomResource = { name: `gizmos.${group}`, servedVersions: [version, 'v1beta1'] };
const listed = (change: Partial<ListedApiService>): ListedApiService => ({
  name: 'v1.other.example.com',
  group: 'other.example.com',
  version: 'v1',
  service: null,
  automanaged: null,
  groupPriorityMinimum: 100,
  served: null,
  ...change,
});
const core = listed({ name: 'v1.', group: '', automanaged: 'onstart', groupPriorityMinimum: 18000 });
const refusesItself = (service: Partial<ApiService> = {}) =>
  unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 503`, service);
const node = { address: '192.0.2.10', port: 443 };
const toItself = (all: readonly (typeof node)[]) => ({
  kubeApiserverAddresses: [{ address: '192.0.2.10', port: 6443 }],
  backendEndpoints: {
    slices: ['api'],
    addresses: all.map(({ address, port }) => ({
      slice: 'api',
      address,
      ready: true,
      node: null,
      pod: null,
      ports: [{ name: 'https', port }],
    })),
    portNames: ['https'],
  },
});
const own = (groupPriorityMinimum: number) => listed({ name, group, version, service: 'wardle/api', groupPriorityMinimum });
const serving = (...names: string[]): Discovery => ({
  ...answers(200),
  document: { resources: names.map((one) => ({ name: one, namespaced: true, verbs: ['get', 'list'] })) },
});
const published = (change: Partial<PublishedVersion>): { publishedVersions: readonly PublishedVersion[] } => ({
  publishedVersions: [{ group, version, stale: false, resources: ['flunders'], ...change }],
});
const request = (change: Partial<UserRequest>): { userRequest: UserRequest } => ({
  userRequest: {
    path: `/apis/${group}/${version}/flunders/aggctl-probe`,
    resource: 'flunders',
    status: 404,
    text: '',
    allowed: null,
    ...change,
  },
});
const refused = (user: string) =>
  request({
    status: 403,
    allowed: true,
    text: `flunders.${group} "aggctl-probe" is forbidden: User "${user}" cannot get resource "flunders"`,
  });
const manager = (name: string, at = days(-1)): FieldManager => ({ name, at });
const [helm, flux, kubectl] = [manager('helm', days(-9)), manager('helm-controller'), manager('kubectl-edit')];
const released = (service: readonly FieldManager[]) => ({
  annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'monitoring' },
  managers: { service, release: [helm] },
});
const me = healthy.identity.user;

export const rows: Rows = {
  'service-is-kube-apiserver': [
    ['it serves', {}, 'passed'],
    ['it fails by itself', toItself([node]), 'passed'],
    [
      'by its name',
      refusesItself({ service: { namespace: 'default', name: 'kubernetes', port: 443 } }),
      [{ says: 'Service `default/kubernetes` leads to kube-apiserver itself', at: { object, field: 'spec.service' }, evidence: '503' }],
    ],
    [
      'by its addresses',
      { ...refusesItself(), ...toItself([{ address: '192.0.2.10', port: 6443 }]) },
      [{ says: 'leads to kube-apiserver itself', evidence: 'behind the Service: 192.0.2.10:6443' }],
    ],
    ['an extension server in the network of the same node', { ...refusesItself(), ...toItself([node]) }, 'passed'],
    ['one of two', { ...refusesItself(), ...toItself([{ address: '192.0.2.10', port: 6443 }, node]) }, 'passed'],
  ],
  'cabundle-unusable': [
    ['it is PEM', {}, 'passed'],
    ['there is none', { apiService: { ...apiService, caBundle: null } }, 'passed'],
    [
      'the condition is frozen',
      { apiService: { ...apiService, caBundle: garbage } },
      [{ says: 'finds no certificate', at: bundle, evidence: 'Available is True and says nothing', command: 'base64 -d' }],
    ],
    [
      'there never was a condition, and cert-manager is to fill it in',
      { apiService: { ...apiService, caBundle: garbage, available: null, annotations: injected } },
      [{ evidence: "cert-manager's cainjector is to fill it in" }],
    ],
  ],
  'cabundle-not-injected': [
    ['nobody is asked to', failed(untrusted, { caBundle: null }), 'inapplicable'],
    ['it is injected', { apiService: { ...apiService, annotations: injected } }, 'passed'],
    [
      'it is not, and the certificate is trusted all the same',
      { apiService: { ...apiService, annotations: injected, caBundle: null } },
      'passed',
    ],
    [
      'cert-manager has not',
      failed(untrusted, { caBundle: null, annotations: injected }),
      [{ says: "cert-manager's cainjector has not filled in", command: 'kubectl -n wardle get certificate api-serving' }],
    ],
    [
      'OpenShift has not',
      failed(untrusted, { caBundle: null, annotations: openshift }),
      [{ says: "OpenShift's service-ca operator has not", command: 'oc get clusteroperator service-ca' }],
    ],
  ],
  'cabundle-expired': [
    ['it is valid', {}, 'passed'],
    ['an expired one stands beside a valid one', { apiService: { ...apiService, ...bundleOf(expiredCa, ca('new-ca')) } }, 'passed'],
    ['the serving certificate has expired', failed(isAfter.replace(ended, '2020-01-01T00:00:00Z')), 'passed'],
    ['it has expired', failed(isAfter, bundleOf(expiredCa)), [{ says: 'fails for every user', at: bundle, evidence: 'CN=old-ca' }]],
    ['the one of two that matters has expired', failed(isAfter, bundleOf(ca('new-ca'), expiredCa)), [{ evidence: 'CN=old-ca' }]],
    [
      'up to 1.35 only users see it',
      failing({ ...apiService, ...bundleOf(expiredCa) }, answers(503, `error trying to reach service: ${isAfter}`), 35),
      [{ evidence: 'Available True: its probe does not verify' }],
    ],
    [
      'an open connection goes on',
      { apiService: { ...apiService, ...bundleOf(expiredCa) } },
      [{ says: 'works only until kube-apiserver connects anew', severity: 'warning' }],
    ],
  ],
  'apiservice-deletion-stuck': [
    ['nobody has deleted it', {}, 'passed'],
    ['it has just been deleted', { apiService: { ...apiService, deleting: healthy.now, finalizers: ['example.com/x'] } }, 'passed'],
    [
      'it waits for a finalizer',
      { apiService: { ...apiService, deleting: days(-2), finalizers: ['example.com/x'] } },
      [{ says: 'it waits for `example.com/x`', command: '--show-managed-fields' }],
    ],
  ],
  'apiservice-providers-differ': [
    ['no release made it', { apiService: { ...apiService, managers: { service: [kubectl], release: [] } } }, 'passed'],
    ['its release chose its Service', { apiService: { ...apiService, ...released([helm]) } }, 'passed'],
    ['its release and kubectl agree', { apiService: { ...apiService, ...released([kubectl, helm]) } }, 'passed'],
    ['Helm has adopted what kubectl made', { apiService: { ...apiService, ...released([manager('kubectl-edit', days(-10))]) } }, 'passed'],
    ['what calls Helm goes by another name', { apiService: { ...apiService, ...released([flux]) } }, 'passed'],
    [
      'kubectl chose it',
      { apiService: { ...apiService, ...released([kubectl]) } },
      [
        {
          says: 'Helm release `monitoring/adapter`',
          evidence: '`kubectl-edit`, which wrote last',
          command: 'helm -n monitoring get manifest adapter',
        },
      ],
    ],
  ],
  'built-in-group-shadowed': [
    ['a group of its own', {}, 'passed'],
    ['a name like those of Kubernetes', { apiService: { ...apiService, group: 'metrics.k8s.io' } }, 'passed'],
    ['apps', { apiService: { ...apiService, group: 'apps', version: 'v1' } }, [{ says: 'Every request for `apps/v1`' }]],
    ['the core group', { apiService: { ...apiService, group: '', version: 'v1' } }, [{ says: 'Every request for `v1`' }]],
  ],
  'crd-version-shadowed': [
    ['nobody had reason to look', {}, 'passed'],
    ['there are none', { customResources: [] }, 'passed'],
    ['another version of the group', { customResources: [{ ...gizmos, servedVersions: ['v1beta1'] }] }, 'passed'],
    [
      'the same version, and the Service is gone with its namespace',
      { ...gone, ...backend('absent'), customResources: [gizmos] },
      [{ command: `kubectl delete apiservice ${name}` }],
    ],
    ['the same version', { customResources: [gizmos] }, [{ says: `Custom resources of gizmos.${group}`, evidence: 'serves' }]],
  ],
  'group-priority-wrong': [
    ['no name is taken', { apiServices: [core, own(19000)] }, 'passed'],
    ['pods of low priority, as in metrics.k8s.io', { apiServices: [core, own(100)], discovery: serving('pods', 'nodes') }, 'passed'],
    [
      'pods of high priority',
      { apiServices: [core, own(18001)], discovery: serving('pods', 'gizmos') },
      [{ says: '`kubectl get pods` asks the extension server', evidence: 'pods' }],
    ],
    ['it answers nothing', { ...failed(untrusted), apiServices: [core, own(19000)] }, 'passed'],
  ],
  'apiservice-stale': [
    ['nobody had reason to look', {}, 'passed'],
    ['the namespace is there', { ...gone, ...backend('active') }, 'passed'],
    [
      'nothing tells who made it',
      { ...gone, ...backend('absent') },
      [{ says: 'whose namespace is gone', evidence: 'nothing on it', fix: 'Nobody remains', command: `kubectl delete apiservice ${name}` }],
    ],
    [
      'a Helm release that went with the namespace',
      {
        ...backend('absent'),
        apiService: {
          ...apiService,
          annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'wardle' },
        },
      },
      [{ fix: 'Nobody remains', evidence: 'which went with the namespace' }],
    ],
    [
      'a Helm release elsewhere',
      {
        ...backend('absent'),
        apiService: { ...apiService, annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'ops' } },
      },
      [{ fix: 'Ask there first: Helm release `ops/adapter` may still want it' }],
    ],
    [
      'an operator',
      { ...backend('absent'), apiService: { ...apiService, labels: { 'olm.owner': 'x' }, owners: ['Deployment/y'] } },
      [{ fix: '`Deployment/y` and the Operator Lifecycle Manager may still want it' }],
    ],
  ],
  'apiservice-without-service': [
    ['all are served', { apiServices: [core, own(100), listed({ served: true })] }, 'passed'],
    ['nobody can tell', { apiServices: [listed({ served: null })] }, 'passed'],
    ['one is not', { apiServices: [listed({ served: false })] }, [{ says: '`other.example.com/v1` answers 404' }]],
    ['nobody may list them', { apiServices: unknown }, 'skipped'],
  ],
  'group-version-not-served': [
    ['it serves', {}, 'passed'],
    ['another status', unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 500`), 'passed'],
    [
      'it answers 404, and serves another version',
      {
        ...unavailable('FailedDiscoveryCheck', `${response}bad status from ${url}: 404`),
        apiServices: [own(100), listed({ group, version: 'v1beta2', service: 'wardle/api' })],
      },
      [{ says: 'answers, and does not serve it', evidence: `the same Service is to serve ${group}/v1beta2` }],
    ],
  ],
  'discovery-document-unusable': [
    ['it is one', {}, 'passed'],
    ['it serves nothing', failed(untrusted), 'passed'],
    ['an empty list', { discovery: serving() }, 'passed'],
    [
      'a page',
      {
        discovery: { ...answers(200), document: { fault: '200 with text/html that is no JSON: "<html>"' } },
        ...published({ stale: true }),
      },
      [{ evidence: 'text/html', command: 'kubectl get --raw' }],
    ],
  ],
  'discovery-stale': [
    ['it is published', {}, 'passed'],
    [
      'it has just become available',
      { apiService: { ...apiService, ...settledAt, createdAt: healthy.now }, ...published({ stale: true }) },
      'passed',
    ],
    ['it does not serve', { ...failed(untrusted), ...published({ stale: true }) }, 'passed'],
    ['nobody asked', { publishedVersions: null }, 'passed'],
    [
      'it is stale',
      { apiService: { ...apiService, ...settledAt }, ...published({ stale: true, resources: [] }) },
      [{ evidence: 'freshness: Stale' }],
    ],
  ],
  'aggregated-discovery-empty': [
    ['it is published', {}, 'passed'],
    [
      'there are no resources at all',
      { apiService: { ...apiService, ...settledAt }, discovery: serving(), ...published({ resources: [] }) },
      'passed',
    ],
    ['it is new', { apiService: { ...apiService, ...settledAt, createdAt: healthy.now }, ...published({ resources: [] }) }, 'passed'],
    [
      'its resources are left out',
      { apiService: { ...apiService, ...settledAt }, ...published({ resources: [] }) },
      [{ says: 'leaves them out of its aggregated discovery', evidence: 'flunders' }],
    ],
  ],
  'extension-server-answers-differ': [
    ['it serves', {}, 'passed'],
    ['all fail', { discovery: answers(500, 'x'), repeated: [answers(500, 'x'), answers(500, 'x')] }, 'passed'],
    [
      'some fail',
      { discovery: answers(500, 'x'), repeated: [answers(200), answers(200), answers(500, 'x')] },
      [{ says: '2 of 4 requests', evidence: '`500 x`' }],
    ],
  ],
  'user-groups-missing': [
    ['404 from the extension server', request({}), 'passed'],
    ['a user who may not', request({ status: 403, allowed: false, text: `User "${me}" cannot get` }), 'passed'],
    ['another name', refused('system:anonymous'), 'passed'],
    ['nothing was asked', { userRequest: null }, 'passed'],
    [
      'the ConfigMap names no header',
      { ...refused(me), ...configMap({ groupHeaders: null }) },
      [{ says: 'Users have no groups', fix: 'Set `--requestheader-group-headers' }],
    ],
    ['the ConfigMap is right', refused(me), [{ fix: 'Candidates:' }]],
  ],
  'user-identity-wrong': [
    ['404 from the extension server', request({}), 'passed'],
    ['the right name', refused(me), 'passed'],
    ['that of the front proxy', refused('front-proxy-client'), [{ says: 'take every user for `front-proxy-client`' }]],
  ],
  'user-request-fails': [
    ['404 from the extension server', request({}), 'passed'],
    ['nothing was asked', { userRequest: null }, 'passed'],
    ['500', request({ status: 500, text: 'no storage' }), [{ says: 'fail with 500', evidence: '500 `no storage`' }]],
    [
      'no answer',
      request({ status: null, text: 'no answer within 10 s' }),
      [{ says: 'get no answer, though', evidence: 'no answer within 10 s' }],
    ],
  ],
};
