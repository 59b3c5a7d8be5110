import { defineCheck } from '../check.ts';
import { isObject, object, string } from '../decode.ts';
import { isOf, nameOf } from '../manifests/name.ts';
import { mayWrite } from '../manifests/rights.ts';
import type { Workload } from '../manifests/workloads.ts';
import type { ManifestObject } from '../model.ts';
import { behind } from './behind.ts';

/** The Secrets without which kubelet does not start the pods, each with its field. */
const mountsOf = ({ spec: { volumes = [] } }: Workload): readonly { readonly name: string; readonly field: string }[] =>
  volumes.flatMap(({ secret, projected }, index) =>
    [
      { name: secret?.secretName, optional: secret?.optional, field: `volumes[${index}].secret` },
      ...(projected?.sources ?? []).map((one, at) => ({
        name: one.secret?.name,
        optional: one.secret?.optional,
        field: `volumes[${index}].projected.sources[${at}].secret`,
      })),
    ].flatMap(({ name, optional, field }) => (name === undefined || optional ? [] : [{ name, field }])),
  );

/** Of the kinds that name the same things by the same names, those from which no Secret comes. */
const makeNone =
  /^(?:APIService|ServiceAccount|(?:Cluster)?Role(?:Binding)?|NetworkPolicy|PodDisruptionBudget|Namespace|CustomResourceDefinition)$/;
/** Fields of pods that use a Secret, or name something else. */
const others = [
  'volumes',
  'volumeMounts',
  'envFrom',
  'valueFrom',
  'imagePullSecrets',
  'labels',
  'matchLabels',
  'serviceAccountName',
  'name',
  'image',
];
const isOfPods = (kind: string): boolean => /^(?:Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)$/.test(kind);

function isNamed(value: unknown, name: RegExp, without: readonly string[] = []): boolean {
  if (typeof value === 'string') return name.test(value);
  if (Array.isArray(value)) return value.some((one) => isNamed(one, name, without));
  return isObject(value) && Object.entries(value).some(([key, one]) => !without.includes(key) && isNamed(one, name, without));
}
const certificate = object({ spec: object({ secretName: string }) });
/** Whether it is the Secret, or may make it: an ExternalSecret names it, or an argument of kube-webhook-certgen. */
function provides(one: ManifestObject, secret: { readonly namespace: string; readonly name: string }): boolean {
  const { kind, namespace, name, value } = one;
  const isThere = namespace === secret.namespace;
  if (isOf(one, '', 'Secret')) return isThere && name === secret.name;
  if (isOf(one, 'cert-manager.io', 'Certificate')) return isThere && certificate(value)?.spec?.secretName === secret.name;
  const word = wordOf(secret.name);
  if (makeNone.test(kind)) return false;
  // OpenShift's service-ca operator reads an annotation.
  if (isOf(one, '', 'Service')) return isObject(value.metadata) && isNamed(value.metadata.annotations, word);
  return isNamed(value, word, isOfPods(kind) ? others : []);
}
const wordOf = (name: string): RegExp => new RegExp(`(?<![a-z0-9.-])${name.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}(?![a-z0-9.-])`);

export default defineCheck({
  id: 'secret-not-provided',
  title: 'something creates the Secrets that the extension API server mounts',
  severity: 'warning',
  modes: [],
  scope: 'apiservice',
  hop: 'endpoints',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt:
      'in manifests: the Secrets in volumes that are not optional, and whether any other object or argument names them or a role lets anything create Secrets',
    why: 'kubelet starts no container of a pod before its Secrets exist.',
    kubernetes:
      'The pods stay in `ContainerCreating`: `MountVolume.SetUp failed …: secret "NAME" not found`; the APIService is `False`, `MissingEndpoints`.',
    repair: 'Add a Certificate, a Secret or a Job that creates it, or correct the name.',
    mirrors: 'kubernetes/kubernetes, pkg/volume/secret/secret.go (SetUpAt), v1.37.2',
  },
  run({ apiService, manifests }) {
    const { workloads } = behind(apiService, manifests) ?? { workloads: [] };
    if (workloads.every((one) => mountsOf(one).length === 0)) return null;
    if (mayWrite(manifests, { group: '', resources: ['secrets'], verbs: ['create'] })) return [];
    return workloads.flatMap((workload) =>
      mountsOf(workload).flatMap(({ name, field }) =>
        manifests.some((one) => provides(one, { namespace: workload.object.namespace, name }))
          ? []
          : [
              {
                message: `The pods of ${nameOf(workload.object)} do not start until Secret \`${workload.object.namespace}/${name}\` exists: nothing in these manifests creates it.`,
                at: { object: nameOf(workload.object), field: `${workload.field}.${field}` },
                fix: {
                  text: `Add what creates Secret \`${name}\`, such as a Certificate with \`secretName: ${name}\`, or correct the name.`,
                },
              },
            ],
      ),
    );
  },
});
