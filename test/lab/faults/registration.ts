/** Faults of an APIService's registration, of its discovery, and of what a user gets through it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { issue } from '../pki.ts';
import { type ExtensionServer, type ExtensionServerOptions, startExtensionServer } from '../servers.ts';
import { until } from '../wait.ts';
import { ago, apiService, type Fault, type Lab, present, restartAndRewrite, unavailable } from './fault.ts';

const group = 'inventory.example.com';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const path = (name: string) => `/apis/apiregistration.k8s.io/v1/apiservices/${name}`;

/** Changes fields of an object, by a merge patch. Fails when the API refuses. */
async function patch(cp: ControlPlane, where: string, body: object): Promise<void> {
  const { status, text } = await cp.request(where, { method: 'PATCH', body, contentType: 'application/merge-patch+json' });
  if (status !== 200) throw new Error(`PATCH ${where} was answered ${status}: ${text}`);
}
const setBundle = (cp: ControlPlane, caBundle: string | null, name = apiService) => patch(cp, path(name), { spec: { caBundle } });

/** Starts the server that misbehaves, of the group inventory.example.com unless told otherwise. */
async function started(cp: ControlPlane, options: Partial<ExtensionServerOptions> = {}): Promise<ExtensionServer> {
  return startExtensionServer(cp, { group, namespace: 'inventory', ...options });
}
async function available(cp: ControlPlane, options: Partial<ExtensionServerOptions> = {}): Promise<ExtensionServer> {
  const server = await started(cp, options);
  await cp.waitAvailable(server.apiService);
  return server;
}

/** Deletes a Service and its namespace. Nobody else finishes a namespace: there is no controller manager. */
async function removeNamespace(cp: ControlPlane, { objects }: ExtensionServer): Promise<void> {
  const { name } = objects.namespace.metadata;
  const where = `/api/v1/namespaces/${name}`;
  await cp.request(`/apis/discovery.k8s.io/v1/namespaces/${name}/endpointslices/${objects.endpointSlice?.metadata.name}`, {
    method: 'DELETE',
  });
  await cp.request(`${where}/services/${objects.service.metadata.name}`, { method: 'DELETE' });
  await cp.request(where, { method: 'DELETE' });
  await cp.request(`${where}/finalize`, { method: 'PUT', body: { ...objects.namespace, spec: { finalizers: [] } } });
}

/** A CustomResourceDefinition of gizmos in these versions, the first of them stored. */
const gizmos = (...versions: string[]): KubernetesObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `gizmos.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { plural: 'gizmos', singular: 'gizmo', kind: 'Gizmo', listKind: 'GizmoList' },
    versions: versions.map((name, index) => ({
      name,
      served: true,
      storage: index === 0,
      schema: { openAPIV3Schema: { type: 'object' } },
    })),
  },
});
const established = async (cp: ControlPlane, ...versions: string[]): Promise<void> => {
  await cp.apply(gizmos(...versions));
  await cp.kubectl('wait', '--for=condition=Established', `crd/gizmos.${group}`);
};

const broken = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', message: 'etcdserver: request timed out', code: 500 });
const stop = async ({ cp }: Lab) => void (await cp.namespace.send('stop', { name: 'extension-server-inventory' }));

const unusable = ['cabundle-unusable', 'apiservice-unavailable'];

const registration: readonly Fault[] = [
  {
    // The base64 of base64. The condition stays True, on every version.
    name: 'cabundle-unusable',
    finds: unusable,
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      await setBundle(cp, base64(base64(sample.ca.cert)));
      await sleep(2_000);
    },
  },
  {
    // Line breaks lost, from the start: no condition from 1.36 on, and True before.
    name: 'cabundle-unusable-from-the-start',
    finds: unusable,
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      const service = structuredClone(sample.objects.apiService);
      service.spec.caBundle = base64(sample.ca.cert.replaceAll('\n', ' '));
      await cp.request(path(apiService), { method: 'DELETE' });
      await cp.apply(service);
      await sleep(62_000);
    },
  },
  {
    name: 'cabundle-unusable-without-service',
    finds: [...unusable, 'service-missing'],
    status: 1,
    async inject({ cp }) {
      await setBundle(cp, base64('-----BEGIN CERTIFICATE-----\nZ2FyYmFnZQ==\n-----END CERTIFICATE-----\n'));
      await cp.request('/api/v1/namespaces/wardle/services/api', { method: 'DELETE' });
      await unavailable(cp, 'is not present');
    },
  },
  {
    name: 'cabundle-not-injected',
    finds: ['cabundle-not-injected', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await patch(cp, path(apiService), { metadata: { annotations: { 'cert-manager.io/inject-ca-from': 'wardle/api-serving' } } });
      await setBundle(cp, null);
      if (cp.version === '1.35.4') await sleep(3_000);
      else await unavailable(cp, 'unknown authority');
    },
  },
  {
    name: 'cabundle-absent',
    finds: ['cabundle-not-signer', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await setBundle(cp, null);
      await unavailable(cp, 'unknown authority');
    },
  },
  {
    name: 'cabundle-expired',
    finds: ['cabundle-expired', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      const ca = await issue({ commonName: 'inventory-ca', ca: true, notBefore: ago(400), notAfter: ago(3) });
      const serving = await issue({
        commonName: 'api.inventory.svc',
        issuer: ca,
        extendedKeyUsage: ['serverAuth'],
        subjectAltNames: ['DNS:api.inventory.svc'],
      });
      const server = await started(cp, { behaviour: { serving } });
      await setBundle(cp, base64(ca.cert), server.apiService);
      if (cp.version === '1.35.4') await cp.waitAvailable(server.apiService);
      else await cp.waitAvailable(server.apiService, 'False', 'has expired');
    },
  },
  {
    name: 'apiservice-deletion-stuck',
    finds: ['apiservice-deletion-stuck'],
    status: 0,
    async inject({ cp }) {
      const { apiService: name } = await available(cp);
      await patch(cp, path(name), { metadata: { finalizers: ['operators.example.com/cleanup'] } });
      await cp.request(path(name), { method: 'DELETE' });
      await sleep(62_000);
    },
  },
  {
    name: 'built-in-group-shadowed',
    finds: ['built-in-group-shadowed'],
    status: 1,
    async inject({ cp }) {
      await available(cp, { group: 'node.k8s.io' });
    },
    async undo({ cp }) {
      await cp.namespace.send('stop', { name: 'extension-server-inventory' });
      // As aggctl advises: kube-apiserver serves it again at once, and makes its own APIService only at its next start.
      await cp.request(path('v1.node.k8s.io'), { method: 'DELETE' });
      await until('kube-apiserver to serve node.k8s.io/v1 itself', 10_000, async () => {
        const { status, text } = await cp.request('/apis/node.k8s.io/v1');
        return (status === 200 && text.includes('runtimeclasses')) || undefined;
      });
      await cp.apply({
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: 'v1.node.k8s.io', labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } },
        spec: { group: 'node.k8s.io', version: 'v1', groupPriorityMinimum: 16300, versionPriority: 15 },
      });
    },
  },
  {
    name: 'crd-version-shadowed',
    finds: ['crd-version-shadowed'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await available(cp);
      await established(cp, 'v1', 'v1beta1');
    },
    async undo(lab) {
      // As aggctl advises: kube-apiserver makes its own APIService for the definition at once.
      await lab.cp.request(path(`v1.${group}`), { method: 'DELETE' });
      await until('the custom resource to be served', 10_000, async () => {
        const { status, text } = await lab.cp.request(`/apis/${group}/v1`);
        return (status === 200 && text.includes('gizmos')) || undefined;
      });
      await stop(lab);
    },
  },
  {
    // What is left of an adapter whose group has become one of custom resources.
    name: 'crd-version-shadowed-by-a-stale-one',
    finds: ['crd-version-shadowed', 'apiservice-stale', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      const server = await available(cp);
      await established(cp, 'v1');
      await removeNamespace(cp, server);
      await cp.waitAvailable(server.apiService, 'False', 'is not present');
    },
  },
  {
    name: 'group-priority-wrong',
    finds: ['group-priority-wrong'],
    status: 1,
    async inject({ cp }) {
      const server = await available(cp, { behaviour: { resource: 'pods' } });
      await patch(cp, path(server.apiService), { spec: { groupPriorityMinimum: 18100 } });
    },
  },
  {
    name: 'apiservice-stale',
    finds: ['apiservice-stale', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      const server = await available(cp);
      const annotations = { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'inventory' };
      await patch(cp, path(server.apiService), { metadata: { labels: { 'app.kubernetes.io/managed-by': 'Helm' }, annotations } });
      await removeNamespace(cp, server);
      await cp.waitAvailable(server.apiService, 'False', 'is not present');
    },
  },
  {
    name: 'apiservice-stale-of-an-operator',
    finds: ['apiservice-stale', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      const server = await available(cp);
      await patch(cp, path(server.apiService), { metadata: { labels: { 'olm.owner': 'inventory-operator.v1.2.0' } } });
      await removeNamespace(cp, server);
      await cp.waitAvailable(server.apiService, 'False', 'is not present');
    },
  },
  {
    name: 'apiservice-without-service',
    finds: ['apiservice-without-service'],
    status: 1,
    async inject({ cp }) {
      const spec = { group, version: 'v1', groupPriorityMinimum: 100, versionPriority: 100 };
      await cp.apply({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: { name: `v1.${group}` }, spec });
      await cp.waitAvailable(`v1.${group}`);
    },
  },
];

const discovery: readonly Fault[] = [
  {
    // Of the real sample-apiserver, which goes on to serve its own version.
    name: 'group-version-not-served',
    finds: ['group-version-not-served', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      const service = structuredClone(sample.objects.apiService);
      service.metadata.name = 'v1.wardle.example.com';
      service.spec.version = 'v1';
      await cp.apply(service);
      await cp.waitAvailable('v1.wardle.example.com', 'False', '404');
    },
  },
  {
    name: 'discovery-document-unusable',
    finds: ['discovery-document-unusable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      const body = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';
      await available(cp, { behaviour: { body, contentType: 'text/html; charset=utf-8' } });
    },
  },
  {
    name: 'discovery-document-unusable-no-content',
    finds: ['discovery-document-unusable'],
    status: 1,
    async inject({ cp }) {
      await available(cp, { behaviour: { status: 204 } });
    },
  },
  {
    name: 'discovery-document-unusable-another-kind',
    finds: ['discovery-document-unusable'],
    status: 1,
    async inject({ cp }) {
      await available(cp, { behaviour: { body: '{"kind":"APIGroup","apiVersion":"v1","name":"inventory.example.com"}' } });
    },
  },
  {
    // It tells its discovery to users with groups alone; kube-apiserver asks without any.
    name: 'discovery-stale',
    finds: ['discovery-stale'],
    status: 0,
    everywhere: true,
    async inject({ cp }) {
      await available(cp, { behaviour: { grouplessStatus: 403 } });
      await sleep(77_000);
    },
  },
  {
    name: 'aggregated-discovery-empty',
    finds: ['aggregated-discovery-empty'],
    status: 1,
    async inject({ cp }) {
      await available(cp, { behaviour: { aggregated: 'empty' } });
      await sleep(77_000);
    },
  },
  {
    // Every other request of each user fails; one good answer of five is enough for the probe.
    name: 'extension-server-answers-differ',
    finds: ['extension-server-answers-differ'],
    status: 1,
    async inject({ cp }) {
      await available(cp, { behaviour: { status: 500, body: broken, alternate: true } });
    },
  },
];

const requests: readonly Fault[] = [
  {
    name: 'probe-gets-another-answer',
    finds: ['apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await available(cp, { behaviour: { status: 500, body: broken, sparing: 'system:kube-aggregator' } });
      await sleep(42_000);
    },
  },
  {
    name: 'user-request-fails',
    finds: ['user-request-fails'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await available(cp, { behaviour: { objectStatus: 500 } });
    },
  },
  {
    name: 'laptop-user-groups-missing',
    finds: ['user-groups-missing'],
    status: 1,
    fromLaptop: true,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-group-headers');
      await restartAndRewrite(lab);
      await lab.cp.waitServed(apiService);
    },
  },
  {
    name: 'laptop-user-identity-wrong',
    finds: ['user-identity-wrong'],
    status: 1,
    fromLaptop: true,
    async inject({ cp }) {
      await present(cp, { commonName: 'front-proxy-client', issuer: await cp.pair('ca') });
      await cp.waitServed(apiService);
    },
  },
];

const healthy: readonly Fault[] = [
  {
    name: 'healthy-expired-ca-beside',
    finds: [],
    status: 0,
    async inject({ cp, sample }) {
      const { cert } = await issue({ commonName: 'old-ca', ca: true, notBefore: ago(800), notAfter: ago(9) });
      await setBundle(cp, base64(cert + sample.ca.cert));
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'healthy-custom-resources-beside',
    finds: [],
    status: 0,
    async inject({ cp }) {
      await available(cp);
      await established(cp, 'v1beta1');
    },
  },
  {
    // From 1.37 on kube-apiserver does not ask for v2beta1 any more, and reads the version itself.
    name: 'healthy-v2beta1-discovery-only',
    finds: [],
    status: 0,
    everywhere: true,
    async inject({ cp }) {
      await available(cp, { behaviour: { aggregated: 'v2beta1' } });
      await sleep(77_000);
    },
  },
  {
    // As metrics.k8s.io: names of built-in resources, the lowest priority, and a certificate that nobody verifies.
    name: 'healthy-pods-of-low-priority',
    finds: [],
    status: 0,
    async inject({ cp }) {
      const server = await available(cp, { behaviour: { resource: 'pods' } });
      await patch(cp, path(server.apiService), { spec: { groupPriorityMinimum: 100, caBundle: null, insecureSkipTLSVerify: true } });
      await cp.waitServed(server.apiService);
    },
  },
  {
    name: 'healthy-no-resources',
    finds: [],
    status: 0,
    async inject({ cp }) {
      const body = JSON.stringify({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion: 'another.example.com/v1', resources: [] });
      await available(cp, { behaviour: { body } });
      await sleep(77_000);
    },
  },
];

export const registrationFaults: readonly Fault[] = [...registration, ...discovery, ...requests, ...healthy].map((fault) => ({
  undo: stop,
  ...fault,
}));
