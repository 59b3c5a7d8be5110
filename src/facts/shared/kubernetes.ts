/** Answers of the API → objects, or why not. The only place that reads a status code of the core API. */
import type { Answer, Ask, Observed, Unavailable } from '../../model.ts';

/** A Kubernetes object; only its metadata is known to every reader. */
export interface KubernetesObject {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly ownerReferences?: readonly { readonly kind?: string; readonly name?: string; readonly controller?: boolean }[];
    readonly labels?: Readonly<Record<string, string>>;
    readonly managedFields?: readonly { readonly manager?: string; readonly time?: string; readonly fieldsV1?: object }[];
  };
}

/** GETs a path and parses its JSON. null: 404. */
export const get = async <T>(ask: Ask, path: string, accept?: string, server?: string): Promise<Observed<T | null>> =>
  parsed(path, await ask({ kind: 'api', method: 'GET', path, ...(accept && { accept }), ...(server && { server }) }));

/** Creates a SelfSubject…Review and gives its answer. Nothing is stored in the cluster. */
export const review = async <T>(ask: Ask, path: string, body: object): Promise<Observed<T | null>> =>
  parsed(path, await ask({ kind: 'api', method: 'POST', path, body: JSON.stringify(body) }));

/** Every item of a list; [] when the resource itself is not served. */
export async function list<T>(ask: Ask, path: string): Promise<Observed<readonly T[]>> {
  const answer = await get<{ items?: readonly T[] | null }>(ask, `${path}${path.includes('?') ? '&' : '?'}limit=500`);
  return answer.ok ? { ok: true, value: answer.value?.items ?? [] } : answer;
}

/** An answer's status and text → its JSON, null for 404, or why not. */
export function parsed<T>(path: string, answer: Observed<Answer['api']>): Observed<T | null> {
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  if (status === 404) return { ok: true, value: null };
  if (status < 200 || status > 299) return refused(path, answer.value);
  try {
    return { ok: true, value: JSON.parse(text) as T };
  } catch {
    return { ok: false, why: 'malformed', message: `kube-apiserver's answer to GET ${path} is not JSON: ${start(text)}` };
  }
}

/** The sentence of a refusal, in kube-apiserver's own words where it gives some. */
function refused(path: string, { status, text }: Answer['api']): Unavailable {
  const words = messageOf(text);
  if (status === 401) return { ok: false, why: 'denied', message: 'kube-apiserver rejects these credentials (401 Unauthorized)' };
  if (status === 403) return { ok: false, why: 'denied', message: words };
  return { ok: false, why: 'unreachable', message: `kube-apiserver answered ${path} with status ${status}: ${words}` };
}

/** The message of a Status, or the start of the text. */
export function messageOf(text: string): string {
  try {
    const status = JSON.parse(text) as { message?: string };
    return status.message ?? start(text);
  } catch {
    return start(text);
  }
}
const start = (text: string) => JSON.stringify(text.trim().slice(0, 300));
