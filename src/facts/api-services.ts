/** APIServices and what a request through the aggregator gives. */
import type { ApiService, Ask, Discovery, ListedApiService, Observed } from '../model.ts';
import { readCaBundle } from '../x509/bundle.ts';
import { readDocument } from './discovery-document.ts';
import { managersOf } from './field-managers.ts';
import { type KubernetesObject, messageOf } from './shared/kubernetes.ts';

export const apiServicesPath = '/apis/apiregistration.k8s.io/v1/apiservices';

/** The fields of apiregistration.k8s.io/v1 APIService that aggctl reads. */
export interface ApiServiceObject extends KubernetesObject {
  readonly spec?: {
    readonly group?: string;
    readonly version?: string;
    readonly service?: { readonly namespace?: string; readonly name?: string; readonly port?: number } | null;
    readonly caBundle?: string | null;
    readonly insecureSkipTLSVerify?: boolean;
    readonly groupPriorityMinimum?: number;
    readonly versionPriority?: number;
  };
  readonly status?: {
    readonly conditions?: readonly {
      readonly type?: string;
      readonly status?: string;
      readonly reason?: string;
      readonly message?: string;
      readonly lastTransitionTime?: string;
    }[];
  };
}

/** The APIServices that a Service serves; the local ones are kube-apiserver's own affair. */
export function remoteApiServices(objects: readonly ApiServiceObject[]): readonly ApiService[] {
  // Many APIServices are of one extension server: reading a CA takes longer than all the rest.
  const bundles = new Map<string, ApiService['caBundle']>();
  const bundleOf = (encoded: string) => {
    const bundle = bundles.get(encoded) ?? readCaBundle(Buffer.from(encoded, 'base64').toString('latin1'));
    bundles.set(encoded, bundle);
    return bundle;
  };
  return objects.flatMap((object) => (object.spec?.service ? [read(object, object.spec, object.spec.service, bundleOf)] : []));
}

/** All of them, in few words; asks whether anything serves a local one that kube-apiserver did not make itself. */
export const listApiServices = (ask: Ask, objects: readonly ApiServiceObject[]): Promise<readonly ListedApiService[]> =>
  Promise.all(
    objects.map(async ({ metadata, spec = {} }) => {
      const { group = '', version = '', service } = spec;
      const automanaged = metadata?.labels?.['kube-aggregator.kubernetes.io/automanaged'] ?? null;
      return {
        name: metadata?.name ?? '',
        group,
        version,
        service: service ? `${service.namespace}/${service.name}` : null,
        automanaged,
        groupPriorityMinimum: spec.groupPriorityMinimum ?? 0,
        served: service || automanaged || group === '' ? null : await isServed(ask, `/apis/${group}/${version}`),
      };
    }),
  );
async function isServed(ask: Ask, path: string): Promise<boolean | null> {
  const answer = await ask({ kind: 'api', method: 'GET', path });
  if (!answer.ok || answer.value.status === 403) return null;
  return answer.value.status !== 404;
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

/** Asks the same three times more, at once; none where nobody recorded it. */
export async function askAgain(ask: Ask, service: ApiService, user: string | null): Promise<readonly Discovery[]> {
  const all = await Promise.all([1, 2, 3].map((nth) => discover(ask, service, user, { nth })));
  return all.flatMap((one) => (one.ok ? [one.value] : []));
}

/**
 * GETs /apis/GROUP/VERSION as a user does. A 403 that names the asking user is no answer: kube-apiserver authorizes a request before
 * it proxies it, and refuses it in the same words as the extension server would. Nor is a 429 that may be its own.
 */
export async function discover(
  ask: Ask,
  service: ApiService,
  user: string | null,
  where: { readonly server?: string; readonly nth?: number } = {},
): Promise<Observed<Discovery>> {
  const path = `/apis/${service.group}/${service.version}`;
  const answer = await ask({ kind: 'api', method: 'GET', path, ...where });
  if (!answer.ok) return answer;
  const { status, text, headers, ms } = answer.value;
  const message = status >= 200 && status < 300 ? 'answers' : messageOf(text);
  if (status === 403 && (user === null || message.includes(`User "${user}"`) || message.includes(`User \\"${user}\\"`))) {
    return { ok: false, why: 'denied', message: `GET ${path}: ${message}` };
  }
  if (status === 429 && mayBeOfKubeApiserver(text, headers))
    return { ok: false, why: 'unreachable', message: `GET ${path} was rejected, apparently by kube-apiserver itself: 429 ${message}` };
  const ok = status >= 200 && status < 300;
  const document = ok ? readDocument(status, text, headers['content-type']) : null;
  return { ok: true, value: { status, text: message.replace(/^"|\\n"$|"$/g, '').replaceAll('\\"', '"'), ok, document, ms } };
}

/**
 * What k8s.io/apiserver says of too many requests, whether it runs as kube-apiserver or as an extension server. kube-apiserver names the
 * FlowSchema of each request that it proxies; an extension server with priority and fairness adds its own
 * (k8s.io/apiserver, pkg/server/filters/priority-and-fairness.go, v0.37.2).
 */
const mayBeOfKubeApiserver = (text: string, headers: Readonly<Record<string, string>>): boolean =>
  text.trim() === 'Too many requests, please try again later.' && !headers['x-kubernetes-pf-flowschema-uid']?.includes(',');
