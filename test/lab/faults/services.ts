/** Faults of the Service and of its addresses. There is no controller, no scheduler and no kubelet here: what is written by hand stays so. */
import type { KubernetesObject } from '../api.ts';
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../wait.ts';
import { apiService, type Fault, type Lab, unavailable } from './fault.ts';

const namespace = 'wardle';
const services = `/api/v1/namespaces/${namespace}/services`;
const slice = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices/api-node`;

/** A merge patch; fails unless it is taken. */
async function patch(cp: ControlPlane, path: string, body: unknown, contentType = 'application/merge-patch+json'): Promise<void> {
  const { status, text } = await cp.request(path, { method: 'PATCH', body, contentType });
  if (status !== 200) throw new Error(`PATCH ${path} answered ${status}: ${text}`);
}
const remove = (cp: ControlPlane, path: string) => cp.request(path, { method: 'DELETE' });
const patchApiService = (cp: ControlPlane, service: object) =>
  patch(cp, `/apis/apiregistration.k8s.io/v1/apiservices/${apiService}`, { spec: { service } });

/** The Service, made anew with another spec. */
async function serviceOf({ cp, sample }: Lab, spec: object): Promise<void> {
  await remove(cp, `${services}/api`);
  await cp.apply({ ...sample.objects.service, spec });
}
const ports = [{ name: 'https', port: 443, protocol: 'TCP' }];

/** The Service selects pods, and no slice holds an address: no controller writes one. */
async function select({ cp }: Lab, selector: Record<string, string>, targetPort: number | string = 443): Promise<void> {
  await patch(cp, `${services}/api`, { spec: { selector, ports: [{ ...ports[0], targetPort }] } });
  await patch(cp, slice, { endpoints: [] });
}
const image = 'registry.example.test/sample-apiserver:1.37.2';
const template = (labels: Record<string, string>) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'server', image, ports: [{ name: 'https', containerPort: 443 }] }] },
});
const deployment = (name: string, replicas: number, labels: Record<string, string>): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: { replicas, selector: { matchLabels: labels }, template: template(labels) },
});
const missing = (cp: ControlPlane) => unavailable(cp, 'have no addresses with port name');
const route = async (lab: Lab) => {
  await lab.cp.manifest.set('enable-aggregator-routing', 'true');
  await lab.cp.restartApiserver();
};

export const serviceFaults: readonly Fault[] = [
  {
    // Made anew: one that was Available before would go in a circle, and take kube-apiserver with it.
    name: 'service-is-kube-apiserver',
    finds: ['service-is-kube-apiserver', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp, sample }) {
      const other = structuredClone(sample.objects.apiService);
      other.metadata = { name: 'v1.inventory.example.com' };
      const caBundle = Buffer.from((await cp.pair('ca')).cert).toString('base64');
      const service = { namespace: 'default', name: 'kubernetes', port: 443 };
      other.spec = { ...other.spec, group: 'inventory.example.com', version: 'v1', caBundle, service };
      await cp.apply(other);
      await cp.waitAvailable('v1.inventory.example.com', 'False', ': 503');
    },
  },
  {
    name: 'service-is-kube-apiserver-by-address',
    finds: ['service-is-kube-apiserver', 'serving-certificate-names-exclude-service', 'apiservice-unavailable'],
    status: 1,
    async inject(lab) {
      await route(lab);
      await patch(lab.cp, slice, { ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] });
      await unavailable(lab.cp, 'x509');
    },
  },
  {
    // The sample server serves v1beta1 as well.
    name: 'extension-server-down-of-two-versions',
    finds: ['extension-server-down', 'apiservice-unavailable', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp, sample }) {
      const other = structuredClone(sample.objects.apiService);
      other.metadata = { name: 'v1beta1.wardle.example.com' };
      other.spec.version = 'v1beta1';
      await cp.apply(other);
      await cp.waitServed('v1beta1.wardle.example.com');
      await sample.stop();
      await unavailable(cp, 'refused');
      await cp.waitAvailable('v1beta1.wardle.example.com', 'False', 'refused');
    },
  },
  {
    name: 'service-missing',
    finds: ['service-missing', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await remove(cp, `${services}/api`);
      await unavailable(cp, 'is not present');
    },
  },
  {
    name: 'service-missing-namespace-too',
    finds: ['apiservice-stale', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await patchApiService(cp, { namespace: 'wardel' });
      await unavailable(cp, 'is not present');
    },
  },
  {
    name: 'service-renamed',
    finds: ['service-missing', 'apiservice-unavailable'],
    status: 1,
    fromLaptop: true,
    async inject({ cp, sample }) {
      await remove(cp, `${services}/api`);
      const { metadata, ...service } = sample.objects.service;
      await cp.apply({ ...service, metadata: { ...metadata, name: 'wardle-apiserver' } });
      await unavailable(cp, 'is not present');
    },
  },
  {
    name: 'service-port-missing',
    finds: ['service-port-missing', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await patchApiService(cp, { port: 8443 });
      await unavailable(cp, 'is not listening on port 8443');
    },
  },
  {
    name: 'service-not-routable-headless',
    finds: ['service-not-routable', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject(lab) {
      await serviceOf(lab, { clusterIP: 'None', ports });
      await unavailable(lab.cp, 'cannot route to service');
    },
  },
  {
    name: 'service-not-routable-external-name',
    finds: ['service-not-routable', 'apiservice-unavailable'],
    status: 1,
    async inject(lab) {
      await serviceOf(lab, { type: 'ExternalName', externalName: 'localhost' });
      await route(lab);
      await unavailable(lab.cp, 'unsupported service type');
    },
  },
  {
    name: 'endpoints-missing',
    finds: ['endpoints-missing', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await remove(cp, slice);
      await unavailable(cp, 'cannot find endpointslices');
    },
  },
  {
    name: 'endpoints-missing-not-ready',
    finds: ['endpoints-missing', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp, sample }) {
      const [endpoint] = sample.objects.endpointSlice?.endpoints ?? [];
      await patch(cp, slice, { endpoints: [{ ...endpoint, conditions: { ready: false } }] });
      await missing(cp);
    },
  },
  {
    name: 'endpoint-port-name-mismatch',
    finds: ['endpoint-port-name-mismatch', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await patch(cp, slice, { ports: [{ name: 'web', port: 443, protocol: 'TCP' }] });
      await missing(cp);
    },
  },
  {
    // No pod tells where it listens: that stays unproven.
    name: 'extension-server-down-port-of-slice',
    finds: ['extension-server-down', 'apiservice-unavailable'],
    status: 1,
    async inject(lab) {
      await patch(lab.cp, slice, { ports: [{ ...ports[0], port: 8443 }] });
      await route(lab);
      await unavailable(lab.cp, 'refused');
    },
  },
  {
    name: 'service-selects-no-pods',
    finds: ['service-selects-no-pods', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject(lab) {
      await lab.cp.apply(deployment('sample-apiserver', 1, { app: 'sample-apiserver', tier: 'api' }), deployment('web', 1, { app: 'web' }));
      await select(lab, { app: 'wardle', tier: 'api' });
      await missing(lab.cp);
    },
  },
  {
    name: 'service-selects-no-pods-uninstalled',
    finds: ['service-selects-no-pods', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    async inject(lab) {
      await select(lab, { app: 'wardle' });
      await missing(lab.cp);
    },
  },
  {
    name: 'extension-server-scaled-to-zero',
    finds: ['extension-server-scaled-to-zero', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    async inject(lab) {
      await lab.cp.apply(deployment('sample-apiserver', 0, { app: 'wardle' }));
      await select(lab, { app: 'wardle' });
      await missing(lab.cp);
    },
  },
  {
    name: 'extension-server-unschedulable-without-scheduler',
    finds: ['extension-server-unschedulable', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    async inject(lab) {
      const { cp } = lab;
      await cp.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } });
      await cp.apply({
        apiVersion: 'v1',
        kind: 'Pod',
        ...template({ app: 'wardle' }),
        metadata: { name: 'api-0', namespace, labels: { app: 'wardle' } },
      });
      await select(lab, { app: 'wardle' });
      await missing(cp);
      const made = Date.parse((await cp.get(`/api/v1/namespaces/${namespace}/pods/api-0`))?.metadata.creationTimestamp);
      await until('the pod to have waited for a scheduler', 60_000, async () => Date.now() - made > 31_000 || undefined);
    },
  },
];

/** Of a Service of both families the pods' IPv6 addresses come first, and the node has no way to them. */
export const familyFaults: readonly Fault[] = [
  {
    name: 'aggregator-routing-wrong-ipv6',
    finds: ['aggregator-routing-wrong', 'apiservice-unavailable'],
    status: 1,
    async inject(lab) {
      const { endpointSlice = {} } = lab.sample.objects;
      await route(lab);
      await lab.cp.waitServed(apiService);
      const endpoints = [{ ...endpointSlice.endpoints[0], addresses: ['fd00::7'] }];
      await remove(lab.cp, slice);
      await lab.cp.apply({ ...endpointSlice, metadata: { ...endpointSlice.metadata, name: 'api-ipv6' }, addressType: 'IPv6', endpoints });
      await unavailable(lab.cp, 'unreachable');
    },
  },
];

const healthy = { finds: [], status: 0 } as const;
/** Each is right in one way of routing, and wrong in the other. */
export const serviceVariants: readonly Fault[] = [
  {
    name: 'healthy-external-name',
    ...healthy,
    everywhere: true,
    async inject(lab) {
      await serviceOf(lab, { type: 'ExternalName', externalName: 'localhost' });
      await lab.cp.waitServed(apiService);
    },
  },
  {
    name: 'healthy-headless-with-routing',
    ...healthy,
    async inject(lab) {
      await serviceOf(lab, { clusterIP: 'None', ports });
      await route(lab);
      await lab.cp.waitServed(apiService);
    },
  },
];
