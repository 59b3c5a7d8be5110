/** Remembers a control plane's files and API objects, and brings them back after a fault. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Api, KubernetesObject } from './api.ts';
import type { Apiserver } from './apiserver.ts';
import { replaceFile } from './manifest.ts';
import type { LabNode } from './node.ts';
import { until } from './wait.ts';

export interface State {
  /** Content and mode, by path under /etc/kubernetes. */
  files: Map<string, { content: Buffer; mode: number }>;
  /** API objects by their path. */
  objects: Map<string, KubernetesObject>;
}

interface Kind {
  prefix: string;
  resource: string;
  kind: string;
  clusterScoped?: true;
}

const kind = (apiVersion: string, resource: string, name: string, clusterScoped?: true): Kind => ({
  prefix: apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`,
  resource,
  kind: name,
  ...(clusterScoped && { clusterScoped }),
});

/** What faults change, in the order in which it can be created. */
const kinds = [
  kind('v1', 'namespaces', 'Namespace', true),
  kind('v1', 'configmaps', 'ConfigMap'),
  kind('v1', 'secrets', 'Secret'),
  kind('v1', 'resourcequotas', 'ResourceQuota'),
  kind('v1', 'services', 'Service'),
  kind('discovery.k8s.io/v1', 'endpointslices', 'EndpointSlice'),
  kind('v1', 'nodes', 'Node', true),
  kind('v1', 'pods', 'Pod'),
  kind('v1', 'serviceaccounts', 'ServiceAccount'),
  kind('apps/v1', 'deployments', 'Deployment'),
  kind('autoscaling/v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  kind('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy'),
  kind('rbac.authorization.k8s.io/v1', 'clusterroles', 'ClusterRole', true),
  kind('rbac.authorization.k8s.io/v1', 'clusterrolebindings', 'ClusterRoleBinding', true),
  kind('rbac.authorization.k8s.io/v1', 'roles', 'Role'),
  kind('rbac.authorization.k8s.io/v1', 'rolebindings', 'RoleBinding'),
  kind('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition', true),
  kind('admissionregistration.k8s.io/v1', 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', true),
  kind('apiregistration.k8s.io/v1', 'apiservices', 'APIService', true),
];

const pathOf = ({ prefix, resource, clusterScoped }: Kind, { metadata }: KubernetesObject) =>
  clusterScoped ? `${prefix}/${resource}/${metadata.name}` : `${prefix}/namespaces/${metadata.namespace}/${resource}/${metadata.name}`;
const collectionOf = (path: string) => path.slice(0, path.lastIndexOf('/'));
/** kube-apiserver makes these itself, or a controller does: for each namespace, or of another object (Pods, EndpointSlices). */
const isAutomatic = ({ kind: name, metadata }: KubernetesObject) =>
  metadata.labels?.['kube-aggregator.kubernetes.io/automanaged'] !== undefined ||
  metadata.ownerReferences !== undefined ||
  ['ConfigMap kube-root-ca.crt', 'ServiceAccount default'].includes(`${name} ${metadata.name}`);

/** An extension server that is started anew when the state is restored. */
export interface Restartable {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export const takeState = async (node: LabNode, api: Api): Promise<State> => ({
  files: await readFiles(node),
  objects: await readObjects(api),
});

async function readFiles(node: LabNode): Promise<State['files']> {
  const folder = join(node.root, 'etc/kubernetes');
  const files: State['files'] = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(path.slice(folder.length + 1), { content: await readFile(path), mode: (await stat(path)).mode & 0o7777 });
  }
  return files;
}

async function readObjects(api: Api): Promise<State['objects']> {
  const objects: State['objects'] = new Map();
  for (const one of kinds) {
    const list = await api.get(`${one.prefix}/${one.resource}`);
    for (const item of (list?.items ?? []) as KubernetesObject[]) {
      const object = { apiVersion: one.prefix.replace(/^\/apis?\//, ''), kind: one.kind, ...item };
      if (!isAutomatic(object)) objects.set(pathOf(one, object), object);
    }
  }
  return objects;
}

/** Brings back the files, and a kube-apiserver that runs with them. */
export async function restoreNode(node: LabNode, api: Api, apiserver: Apiserver, state: State): Promise<void> {
  const filesChanged = await restoreFiles(node, state.files);
  const alive = await api.request('/readyz').then(
    ({ status }) => status === 200,
    () => false,
  );
  if (filesChanged || !alive) await apiserver.restartApiserver();
}

export async function restoreState(
  node: LabNode,
  api: Api,
  apiserver: Apiserver,
  state: State,
  servers: readonly Restartable[],
): Promise<void> {
  await restoreNode(node, api, apiserver, state);
  if (node.controllers) await endNamespaces(api, state.objects);
  await restoreObjects(api, state.objects);
  // A fresh start spares the back-off in which a running extension server waits to read the ConfigMap again.
  for (const server of servers) {
    await server.stop();
    await server.start();
  }
  for (const object of state.objects.values()) {
    const wasAvailable = object.status?.conditions?.some((c: KubernetesObject) => c.type === 'Available' && c.status === 'True');
    if (object.kind === 'APIService' && wasAvailable) await api.waitServed(object.metadata.name);
  }
}

async function restoreFiles(node: LabNode, wanted: State['files']): Promise<boolean> {
  const folder = join(node.root, 'etc/kubernetes');
  const current = await readFiles(node);
  const extra = [...current.keys()].filter((path) => !wanted.has(path));
  const changed = [...wanted].filter(([path, { content, mode }]) => {
    const now = current.get(path);
    return !now || now.mode !== mode || !now.content.equals(content);
  });
  for (const path of extra) await rm(join(folder, path));
  for (const [path, { content, mode }] of changed) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await replaceFile(join(folder, path), content, mode);
  }
  return extra.length + changed.length > 0;
}

/** The object without what the server fills in at each creation. */
function essence({ status: _status, ...object }: KubernetesObject): KubernetesObject {
  const { uid, resourceVersion, generation, creationTimestamp, managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** What differs: paths of files and of objects, without what the server fills in and the status. */
export function differences(before: State, after: State): readonly string[] {
  const text = ({ files, objects }: State) =>
    new Map([
      ...[...files].map(([path, { content, mode }]) => [path, `${mode} ${content.toString('base64')}`] as const),
      ...[...objects].map(([path, object]) => [path, JSON.stringify(essence(object))] as const),
    ]);
  const [was, is] = [text(before), text(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path) !== is.get(path));
}

/** Lets kube-controller-manager finish the namespaces that are to go, or are going. It does so only when every API answers. */
async function endNamespaces(api: Api, wanted: State['objects']): Promise<void> {
  const current = await readObjects(api);
  const going = [...current].filter(
    ([path, { kind: name, metadata }]) => name === 'Namespace' && (metadata.deletionTimestamp || !wanted.has(path)),
  );
  if (going.length === 0) return;
  for (const [path, object] of current) if (object.kind === 'APIService') await remove(api, path, object);
  for (const [path] of going) {
    await api.request(path, { method: 'DELETE' });
    await until(`${path} to be gone`, 120_000, async () => ((await api.get(path)) ? undefined : true));
  }
}

async function restoreObjects(api: Api, wanted: State['objects']): Promise<void> {
  const current = await readObjects(api);
  const same = (path: string, object: KubernetesObject) => {
    const now = current.get(path);
    return now !== undefined && JSON.stringify(essence(now)) === JSON.stringify(essence(object));
  };
  // Backwards: what is in a namespace goes before the namespace does.
  for (const [path, object] of [...current].reverse()) if (!wanted.has(path)) await remove(api, path, object);
  for (const [path, object] of wanted) {
    if (same(path, object)) continue;
    const now = current.get(path);
    if (now && !now.metadata.deletionTimestamp) {
      const replaced = { ...essence(object), metadata: { ...essence(object).metadata, resourceVersion: now.metadata.resourceVersion } };
      if ((await api.request(path, { method: 'PUT', body: replaced })).status === 200) continue;
    }
    // Gone, going, or changed in a field that cannot be changed back.
    if (now) await remove(api, path, now);
    const { status, text } = await api.request(collectionOf(path), { method: 'POST', body: essence(object) });
    if (status !== 201) throw new Error(`restoring ${path} was answered ${status}: ${text}`);
  }
}

/** Deletes an object at once. Without kube-controller-manager nobody else finishes a namespace; a finalizer is the test's own. */
async function remove(api: Api, path: string, object: KubernetesObject): Promise<void> {
  const patch = (body: unknown) => api.request(path, { method: 'PATCH', body, contentType: 'application/merge-patch+json' });
  if (object.metadata.finalizers) await patch({ metadata: { finalizers: null } });
  await api.request(path, { method: 'DELETE', body: { gracePeriodSeconds: 0 } });
  if (object.kind === 'Namespace') {
    await api.request(`${path}/finalize`, { method: 'PUT', body: { ...essence(object), spec: { finalizers: [] } } });
  }
}
