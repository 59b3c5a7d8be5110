/** Answers of the API → objects, or why not. The only place that reads a status code of the core API. */
import { apiPath } from '../../api-path.ts';
import { boolean, type Decoded, type Decoder, isObject, list as listOf, map, object, parseJson, string, time } from '../../decode.ts';
import type { Answer, ApiPath, Ask, Observed, Unavailable } from '../../model.ts';

/** The annotations whose values are read: of other ones the key alone, which may tell who owns the object. */
const readAnnotations = [
  /^meta\.helm\.sh\/release-name(?:space)?$/,
  /^cert-manager\.io\/inject-[a-z-]+$/,
  /^service\.(?:beta|alpha)\.openshift\.io\/inject-cabundle$/,
  /^kubeadm\.kubernetes\.io\/kube-apiserver\.advertise-address\.endpoint$/,
  /^argocd\.argoproj\.io\/tracking-id$/,
  /^(?:configmanagement\.gke\.io\/managed|components\.gke\.io\/component-name)$/,
  /^objectset\.rio\.cattle\.io\/owner-(?:gvk|name|namespace)$/,
];
const annotations: Decoder<Readonly<Record<string, string>>> = (value) => {
  const all = map(string)(value);
  return (
    all && Object.fromEntries(Object.entries(all).map(([key, text]) => [key, readAnnotations.some((read) => read.test(key)) ? text : '']))
  );
};
/** FieldsV1 without values (k8s.io/apimachinery, pkg/apis/meta/v1/types.go, v0.37.2): `f:NAME` is a field, all else an item of a list. */
interface Fields {
  readonly [field: `f:${string}`]: Fields;
}
const fields: Decoder<Fields> = (value) => {
  const all = map(fields)(value);
  return all && Object.fromEntries(Object.entries(all).filter(([key]) => key.startsWith('f:')));
};

/** What is read of the metadata of any object. */
export const metadata = {
  name: string,
  namespace: string,
  uid: string,
  creationTimestamp: time,
  deletionTimestamp: time,
  annotations,
  finalizers: listOf(string),
  ownerReferences: listOf(object({ kind: string, name: string, controller: boolean })),
  labels: map(string),
  managedFields: listOf(object({ manager: string, time, fieldsV1: fields })),
};
const nameOf = (value: unknown): string | undefined => object({ metadata: object({ name: string }) })(value)?.metadata?.name;
/** JSON without a name is no object of Kubernetes, whatever answers here. */
export const named =
  <T>(of: Decoder<T>): Decoder<T> =>
  (value) =>
    nameOf(value) ? of(value) : undefined;
/** A list of objects. Go writes null for an empty one; JSON without the key is another answer. */
export const itemsOf =
  <T>(of: Decoder<T>): Decoder<readonly T[]> =>
  (value) => {
    const items = isObject(value) ? value.items : undefined;
    if (items === null) return [];
    return listOf(of)(items);
  };

export const kubernetesObject = named(object({ metadata: object(metadata) }));
export type KubernetesObject = Decoded<typeof kubernetesObject>;

/** Of a request beside its path. */
interface Request {
  readonly accept?: string;
  /** Another address of the same cluster, `host:port`. */
  readonly server?: string | undefined;
}

/** GETs a path and decodes its JSON. null: 404. */
export const get = async <T>(ask: Ask, path: ApiPath, of: Decoder<T>, { accept, server }: Request = {}): Promise<Observed<T | null>> =>
  parsed(path, await ask({ kind: 'api', method: 'GET', path, ...(accept && { accept }), ...(server && { server }) }), of);

/** Creates a SelfSubject…Review and gives its answer. Nothing is stored in the cluster. */
export const review = async <T>(ask: Ask, path: ApiPath, body: object, of: Decoder<T>): Promise<Observed<T | null>> =>
  parsed(path, await ask({ kind: 'api', method: 'POST', path, body: JSON.stringify(body) }), of);
/** What a SelfSubjectAccessReview answers. */
export const accessReview = object({ status: object({ allowed: boolean }) });

/** Every item of a list; [] when the resource itself is not served. */
export async function list<T>(ask: Ask, path: ApiPath, of: Decoder<T>): Promise<Observed<readonly T[]>> {
  const whole = path.includes('?') ? apiPath`${{ path }}&limit=500` : apiPath`${{ path }}?limit=500`;
  const answer = await get(ask, whole, itemsOf(of));
  return answer.ok ? { ok: true, value: answer.value ?? [] } : answer;
}

/** An answer's status and text → its decoded JSON, null for 404, or why not. */
export function parsed<T>(path: string, answer: Observed<Answer['api']>, of: Decoder<T>): Observed<T | null> {
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  if ((status === 404 && isNotFound(path, text)) || namesNothing(answer.value)) return { ok: true, value: null };
  if (status < 200 || status > 299) return refused(path, answer.value);
  const json = parseJson(text);
  const value = json === undefined ? undefined : of(json);
  if (value !== undefined) return { ok: true, value };
  const is = json === undefined ? 'is not JSON' : 'is JSON of another form';
  return {
    ok: false,
    why: 'malformed',
    message: `the answer to GET ${path} ${is}: ${start(text)}: check that kube-apiserver answers at this address, and not a proxy or a login page`,
  };
}

/** kube-apiserver answers with a Status; in plain text where it does not serve the group or the path. Other servers know another page. */
const isNotFound = (path: string, text: string) => isStatus(text) || (!path.startsWith('/api/') && /^(404 page not found\s*)?$/.test(text));

export const isStatus = (text: string): boolean => object({ kind: string })(parseJson(text))?.kind === 'Status';
/** No object can have that name: `NamespaceKeyFunc` of k8s.io/apiserver, pkg/registry/generic/registry/store.go, v0.37.2. */
const namesNothing = ({ status, text }: Answer['api']): boolean => status === 400 && messageOf(text).startsWith('Name parameter invalid: ');

/** The sentence of a refusal, in kube-apiserver's own words where it gives some. */
function refused(path: string, { status, text }: Answer['api']): Unavailable {
  const words = messageOf(text);
  if (status === 401) return { ok: false, why: 'denied', message: 'the server rejects these credentials (401 Unauthorized)' };
  if (status === 403) return { ok: false, why: 'denied', message: words };
  return { ok: false, why: 'unreachable', message: `the server answered ${path} with status ${status}: ${words}` };
}

/** A Status (k8s.io/apimachinery, pkg/apis/meta/v1/types.go), or what gateways and RFC 9457 write in its place. */
export const refusal = object({ kind: string, message: string, error: string, detail: string, title: string });
/** The message of a refusal, or the start of a text that is no JSON. */
export function messageOf(text: string): string {
  const json = refusal(parseJson(text));
  if (json === undefined) return start(text);
  return json.message ?? json.error ?? json.detail ?? json.title ?? `JSON without a message${json.kind ? `, of kind ${json.kind}` : ''}`;
}
const start = (text: string) => JSON.stringify(text.trim().slice(0, 300));
