/** Manifests → the objects of a cluster in which they were applied, as far as they decide that. Pure. */
import { boolean, intOrString, isObject, list, map, number, object, string } from '../decode.ts';
import type { ManifestObject } from '../model.ts';
import type { KubernetesObject } from '../sources/foreign/objects.ts';
import { resourceOf } from '../sources/foreign/resources.ts';
import { isOf } from './name.ts';
import { makesWorkloads } from './rights.ts';
import { selects, serving, type Workload, workloadsIn } from './workloads.ts';

type Value = ManifestObject['value'];

/** With the pods that workloads make, the condition of each APIService, and the roles that every cluster has. */
export function applied(manifests: readonly ManifestObject[], now: Date): readonly KubernetesObject[] {
  const workloads = workloadsIn(manifests);
  const objects = manifests.flatMap((one) => {
    if (isOf(one, 'apiregistration.k8s.io', 'APIService'))
      return known({ ...one, apiVersion: current, value: registered(one.value, { manifests, workloads, now }) });
    if (one.kind === 'CustomResourceDefinition') return known({ ...one, value: { ...one.value, spec: definition(one.value)?.spec } });
    // Which rules an aggregated role has, the cluster tells. Pods are made below.
    if (isObject(one.value.aggregationRule) || one.kind === 'Pod') return [];
    return known(/^rbac\.authorization\.k8s\.io\/v1(?:alpha|beta)1$/.test(one.apiVersion) ? { ...one, apiVersion: rbac } : one);
  });
  return [...objects, ...workloads.flatMap((one) => known(podOf(one))), ...builtInRoles.flatMap(known)];
}
/** What was served as v1beta1 until 1.22 has the same fields. */
const current = 'apiregistration.k8s.io/v1';
const rbac = 'rbac.authorization.k8s.io/v1';
/** Of the schema, which may be megabytes long, nothing is read. */
const definition = object({ spec: object({ versions: list(object({ name: string, served: boolean })) }) });

const known = ({ apiVersion, kind, namespace, name, value }: Omit<ManifestObject, 'from'>): readonly KubernetesObject[] => {
  const resource = resourceOf(apiVersion, kind);
  return resource === undefined ? [] : [{ resource, namespace, name, uid: undefined, isCreated: true, value }];
};

/** As if it ran, and were ready. */
const podOf = ({ object: { kind, namespace, name }, labels, pods }: Workload): Omit<ManifestObject, 'from'> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  namespace,
  name,
  value: {
    metadata: { name, namespace, labels, ownerReferences: kind === 'Pod' ? [] : [{ kind, name, controller: true }] },
    spec: pods,
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  },
});

/** kubernetes/kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy (policy.go, namespace_policy.go), v1.37.2. */
const role = (kind: string, namespace: string, name: string, rules: readonly object[]): Omit<ManifestObject, 'from'> => ({
  apiVersion: rbac,
  kind,
  namespace,
  name,
  value: { metadata: { name }, rules },
});
const builtInRoles = [
  role('ClusterRole', '', 'cluster-admin', [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]),
  role('ClusterRole', '', 'system:auth-delegator', [
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  ]),
  role('Role', 'kube-system', 'extension-apiserver-authentication-reader', [
    { apiGroups: [''], resources: ['configmaps'], resourceNames: ['extension-apiserver-authentication'], verbs: ['get', 'list', 'watch'] },
  ]),
];

interface Around {
  readonly manifests: readonly ManifestObject[];
  readonly workloads: readonly Workload[];
  readonly now: Date;
}
const registration = object({ spec: object({ service: object({ namespace: string, name: string, port: number }) }) });
const service = object({
  spec: object({
    type: string,
    selector: map(string),
    ports: list(object({ name: string, port: number, targetPort: intOrString })),
  }),
});

/** The APIService with its condition: k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go (sync), v0.37.2. */
function registered(value: Value, around: Around): Value {
  const fault = faultOf(value, around);
  const condition = { type: 'Available', ...(fault ? { status: 'False', ...fault } : { status: 'True', reason: 'Passed' }) };
  return { ...value, status: { conditions: [{ ...condition, lastTransitionTime: around.now.toISOString() }] } };
}

/** null: nothing in the manifests keeps it from being served, or they do not hold what would. */
function faultOf(value: Value, { manifests, workloads }: Around): { readonly reason: string; readonly message: string } | null {
  const { namespace = '', name = '', port: wanted = 443 } = registration(value)?.spec?.service ?? {};
  const found = manifests.find((one) => isOf(one, '', 'Service') && one.namespace === namespace && one.name === name);
  const { type = 'ClusterIP', selector = {}, ports = [] } = service(found?.value)?.spec ?? {};
  if (!found || type !== 'ClusterIP') return null;
  const port = ports.find((one) => one.port === wanted);
  if (!port) return { reason: 'ServicePortError', message: `service/${name} in "${namespace}" is not listening on port ${wanted}` };
  const inside = workloads.filter(({ object }) => object.namespace === namespace);
  if (Object.keys(selector).length === 0 || inside.length === 0 || makesWorkloads(manifests)) return null;
  const { targetPort } = port;
  const has = (one: Workload) =>
    typeof targetPort !== 'string' || serving(one).some(({ ports = [] }) => ports.some((own) => own.name === targetPort));
  if (inside.some((one) => selects(selector, one) && has(one))) return null;
  return {
    reason: 'MissingEndpoints',
    message: `endpointslices for service/${name} in "${namespace}" have no addresses with port name ${JSON.stringify(port.name ?? '')}`,
  };
}
