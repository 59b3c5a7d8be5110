/** The resources that facts ask for. */
import type { Resource } from './holding.ts';

interface Known {
  readonly resource: Resource;
  /** Of an object. */
  readonly apiVersion: string;
  readonly kind: string;
}
const of = (apiVersion: string, kinds: Readonly<Record<string, string>>): readonly Known[] =>
  Object.entries(kinds).map(([kind, name]) => ({ resource: `${apiVersion}/${name}`, apiVersion, kind }));

const known: readonly Known[] = [
  ...of('v1', {
    Namespace: 'namespaces',
    Node: 'nodes',
    Service: 'services',
    Pod: 'pods',
    Event: 'events',
    ConfigMap: 'configmaps',
    Secret: 'secrets',
  }),
  ...of('apps/v1', { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' }),
  ...of('discovery.k8s.io/v1', { EndpointSlice: 'endpointslices' }),
  ...of('networking.k8s.io/v1', { NetworkPolicy: 'networkpolicies' }),
  ...of('autoscaling/v2', { HorizontalPodAutoscaler: 'horizontalpodautoscalers' }),
  ...of('apiregistration.k8s.io/v1', { APIService: 'apiservices' }),
  ...of('apiextensions.k8s.io/v1', { CustomResourceDefinition: 'customresourcedefinitions' }),
  ...of('rbac.authorization.k8s.io/v1', {
    Role: 'roles',
    ClusterRole: 'clusterroles',
    RoleBinding: 'rolebindings',
    ClusterRoleBinding: 'clusterrolebindings',
  }),
];

const byKind = new Map(known.map(({ resource, apiVersion, kind }) => [`${apiVersion} ${kind}`, resource]));
const byName = new Map(
  known.map(({ resource, apiVersion }) => [`${groupOf(apiVersion)}/${resource.slice(apiVersion.length + 1)}`, resource]),
);
const all = new Set(known.map(({ resource }) => resource));
const clusterWide = /\/(?:namespaces|nodes|apiservices|customresourcedefinitions|clusterroles|clusterrolebindings)$/;

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}

/** All of them. */
export const resources: readonly Resource[] = [...all];
/** The resource of an object; undefined: nobody asks for it. */
export const resourceOf = (apiVersion: string, kind: string): Resource | undefined => byKind.get(`${apiVersion} ${kind}`);
/** The resource of this group (`''` for the core) and name; undefined: nobody asks for it. */
export const resourceNamed = (group: string, name: string): Resource | undefined => byName.get(`${group}/${name}`);
export const isAskedFor = (resource: Resource): boolean => all.has(resource);
export const isNamespaced = (resource: Resource): boolean => !clusterWide.test(resource);
