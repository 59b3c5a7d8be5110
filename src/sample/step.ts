/** What the sample's steps share. */
import { apiPath } from '../api-path.ts';
import { type Decoder, isObject, object, string } from '../decode.ts';
import { get } from '../facts/shared/kubernetes.ts';
import type { ApiPath, Ask, Hands, Manifest, Observed, Outcome, TourStep, Written } from '../model.ts';
import type { Manifests } from './manifests.ts';
import { nameOf, pathOf } from './paths.ts';
import type { Plan } from './plan.ts';

/** The plan, and its objects. */
export interface Sample {
  readonly plan: Plan;
  readonly objects: Manifests;
}
export type SampleStep = TourStep<Sample>;

export const done: Outcome = { done: true };
type Failed = Extract<Outcome, { done: false }>;
export const failed = (message: string): Failed => ({ done: false, message });
export const late = (message: string): Failed => ({ done: false, why: 'late', message });

/** Applies objects in order and reports each; stops at the first failure. */
export async function* applied({ writer }: Hands, objects: readonly Manifest[]): AsyncGenerator<string, Outcome> {
  for (const object of objects) {
    const written = await writer.apply(pathOf(object), object);
    if (!written.ok) return refusal(nameOf(object), written);
    yield `${nameOf(object)} ${written.did}`;
  }
  return done;
}

export const refusal = (name: string, { message }: Extract<Written, { ok: false }>): Outcome => failed(`Cannot apply ${name}: ${message}`);

/** An object as JSON; null: it does not exist. Text that is not an object counts as unreachable. */
// biome-ignore lint/suspicious/noExplicitAny: objects of many kinds, each read in one place.
export const read = (source: Ask, path: ApiPath): Promise<Observed<any>> => get(source, path, wholeObject<any>());

/** The version of kube-apiserver, or why no kube-apiserver answers. */
export async function versionOf(source: Ask): Promise<Observed<string>> {
  const answer = await get(source, apiPath`/version`, object({ gitVersion: string }));
  if (!answer.ok) return answer;
  const version = answer.value?.gitVersion;
  if (version) return { ok: true, value: version };
  return { ok: false, why: 'malformed', message: 'GET /version returned no version: check that this is a kube-apiserver' };
}

/** An object of which more is read than it is worth to name: one that the sample made. */
export const wholeObject =
  <T>(): Decoder<T> =>
  (value) =>
    isObject(value) ? (value as T) : undefined;
