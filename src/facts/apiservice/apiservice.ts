import { apiPath } from '../../api-path.ts';
import { boolean, type Decoded, isObject, list, number, object, string, time } from '../../decode.ts';
import type { ApiService, FieldManager, Observed, Unavailable } from '../../model.ts';
import { readCaBundle } from '../../x509/bundle.ts';
import { fact, type Scope } from '../engine/declare.ts';
import { get, itemsOf, type KubernetesObject, metadata } from '../shared/kubernetes.ts';

/** Of all kinds, as kube-apiserver lists them. Reports name it as their scope: without it no APIService is known. */
export const apiServiceObjects = fact({
  name: 'apiservice',
  read: async (_, ask): Promise<Observed<readonly ApiServiceObject[]>> => {
    const answer = await get(ask, apiPath`${{ path: apiServicesPath }}?limit=500`, itemsOf(apiServiceObject));
    if (!answer.ok) return answer;
    return answer.value === null ? notServed : { ok: true, value: answer.value };
  },
});
export const remoteApiServices = fact({
  name: 'remoteApiServices',
  internal: true,
  needs: { objects: apiServiceObjects },
  from: ({ objects }) => remoteAmong(objects),
});
export const apiservice: Scope<'apiservice', ApiService> = { name: 'apiservice', list: remoteApiServices, nameOf: ({ name }) => name };

/** kube-apiserver itself does not start without this API. */
const notServed: Unavailable = {
  ok: false,
  why: 'malformed',
  message: 'the server has no API for APIServices (apiregistration.k8s.io/v1): it is not a kube-apiserver with an aggregation layer',
};
export const apiServicesPath = apiPath`/apis/apiregistration.k8s.io/v1/apiservices`;

/** The fields of apiregistration.k8s.io/v1 APIService that aggctl reads. */
export const apiServiceObject = object({
  metadata: object(metadata),
  spec: object({
    group: string,
    version: string,
    service: object({ namespace: string, name: string, port: number }),
    caBundle: string,
    insecureSkipTLSVerify: boolean,
    groupPriorityMinimum: number,
    versionPriority: number,
  }),
  status: object({
    conditions: list(object({ type: string, status: string, reason: string, message: string, lastTransitionTime: time })),
  }),
});
export type ApiServiceObject = Decoded<typeof apiServiceObject>;

/** The APIServices that a Service serves; the local ones are kube-apiserver's own affair. */
function remoteAmong(objects: readonly ApiServiceObject[]): readonly ApiService[] {
  // Many APIServices are of one extension server: reading a CA takes longer than all the rest.
  const bundles = new Map<string, ApiService['caBundle']>();
  const bundleOf = (encoded: string) => {
    const bundle = bundles.get(encoded) ?? readCaBundle(Buffer.from(encoded, 'base64').toString('latin1'));
    bundles.set(encoded, bundle);
    return bundle;
  };
  return objects.flatMap((object) => (object.spec?.service ? [read(object, object.spec, object.spec.service, bundleOf)] : []));
}

type Spec = NonNullable<ApiServiceObject['spec']>;
function read(
  { metadata, status }: ApiServiceObject,
  spec: Spec,
  service: NonNullable<Spec['service']>,
  bundleOf: (encoded: string) => ApiService['caBundle'],
): ApiService {
  const available = status?.conditions?.find((condition) => condition.type === 'Available');
  return {
    name: metadata?.name ?? '',
    group: spec.group ?? '',
    version: spec.version ?? '',
    service: { namespace: service.namespace ?? '', name: service.name ?? '', port: service.port ?? 443 },
    insecureSkipTLSVerify: spec.insecureSkipTLSVerify ?? false,
    groupPriorityMinimum: spec.groupPriorityMinimum ?? 0,
    versionPriority: spec.versionPriority ?? 0,
    labels: metadata?.labels ?? {},
    annotations: metadata?.annotations ?? {},
    managers: {
      service: managersOf(metadata, ['f:spec', 'f:service', 'f:name']),
      caBundle: managersOf(metadata, ['f:spec', 'f:caBundle']),
      release: managersOf(metadata, ['f:metadata', 'f:annotations', 'f:meta.helm.sh/release-name']),
    },
    deleting: metadata?.deletionTimestamp ? new Date(metadata.deletionTimestamp) : null,
    finalizers: metadata?.finalizers ?? [],
    owners: (metadata?.ownerReferences ?? []).map(({ kind = '', name = '' }) => `${kind}/${name}`),
    caBundle: spec.caBundle ? bundleOf(spec.caBundle) : null,
    createdAt: new Date(metadata?.creationTimestamp ?? 0),
    available: available
      ? {
          status: available.status ?? 'Unknown',
          reason: available.reason ?? '',
          message: available.message ?? '',
          since: new Date(available.lastTransitionTime ?? 0),
        }
      : null,
  };
}

/**
 * Every manager that has set the field as it is: of several who wrote different values only the last. `path` is in the keys of FieldsV1
 * (k8s.io/apimachinery, pkg/apis/meta/v1/types.go, v0.37.2). [] when nothing tells.
 */
export const managersOf = (metadata: KubernetesObject['metadata'], path: readonly string[]): readonly FieldManager[] =>
  (metadata?.managedFields ?? []).flatMap(({ manager, time, fieldsV1 }) => {
    const found = path.reduce<unknown>(
      (fields, key) => (isObject(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined),
      fieldsV1,
    );
    return manager && found !== undefined ? [{ name: manager, at: new Date(time ?? 0) }] : [];
  });
