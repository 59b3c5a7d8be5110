/** How a fact is declared: its name, what it describes, what it needs, and how it is made from that. Knows no fact and nothing of Kubernetes. */
import type { Ask, Observed } from '../../model.ts';

/** What facts describe: the cluster, or each item of a list, which is itself a fact. */
export interface Scope<out S extends string = string, I = unknown> {
  readonly name: S;
  /** null: there is one subject, named ''. */
  readonly list: Fact<readonly I[], 'cluster'> | null;
  nameOf(item: I): string;
  /** Index of the source that holds the subject's files; the default is the first one, which also answers every other question. */
  sourceOf?(item: I): number;
}
export interface Fact<out T = unknown, out S extends string = string> {
  /** Unique. Reports and traces use it. */
  readonly name: string;
  readonly of: Scope<S>;
  readonly needs: Readonly<Record<string, Need>>;
  read(given: unknown, ask: Ask, item: unknown): Observed<T> | Promise<Observed<T>>;
  per?(given: unknown): string;
  readonly internal?: boolean;
}
/** A fact of every subject of its scope. */
export interface Each<T = unknown> {
  readonly each: Fact<T>;
}
/** A need that is handed over as an `Observed`: the fact is made without it, too. */
export interface Maybe<N extends Fact | Each = Fact | Each> {
  readonly maybe: N;
}
export type Need = Fact | Each | Maybe;
export const each = <T>(fact: Fact<T>): Each<T> => ({ each: fact });
export const maybe = <N extends Fact | Each>(need: N): Maybe<N> => ({ maybe: need });

/** What is known of one subject of several. */
export interface Of<T> {
  readonly name: string;
  readonly observed: Observed<T>;
}
export type Value<N> =
  N extends Maybe<infer M> ? Observed<Value<M>> : N extends Each<infer T> ? readonly Of<T>[] : N extends Fact<infer T> ? T : never;
type Given<N> = { readonly [K in keyof N]: Value<N[K]> };
/** A fact may need facts of its own subject, of the cluster, and of every subject of any scope. */
type Needs<S extends string> = Readonly<Record<string, Own<S> | Each | { readonly maybe: Own<S> | Each }>>;
type Own<S extends string> = Fact<unknown, S | 'cluster'>;

const cluster: Scope<'cluster', null> = { name: 'cluster', list: null, nameOf: () => '' };

interface Declared<S extends string, I, N> {
  readonly name: string;
  readonly of?: Scope<S, I>;
  readonly needs?: N;
  /** Reports never name it as a reason: they name the fact that needs it. */
  readonly internal?: true;
  /** Subjects with the same key share one reading, so everything that the reading uses must follow from the key. */
  readonly per?: (given: Given<N>) => string;
}
type Answered = Observed<unknown> | Promise<Observed<unknown>>;
type ValueOf<R> = Awaited<R> extends infer O ? (O extends { readonly ok: true; readonly value: infer T } ? T : never) : never;
/** `from` makes the value from what the fact needs, and asks nothing. */
export function fact<T, const N extends Needs<S> = Record<never, never>, S extends string = 'cluster', I = null>(
  declared: Declared<S, I, N> & { readonly from: (given: Given<N>, item: I) => T },
): Fact<T, S>;
/** `read` may ask. An `Unavailable` that it passes on keeps its reason; one that it makes is a reason of its own. */
export function fact<R extends Answered, const N extends Needs<S> = Record<never, never>, S extends string = 'cluster', I = null>(
  declared: Declared<S, I, N> & { readonly read: (given: Given<N>, ask: Ask, item: I) => R },
): Fact<ValueOf<R>, S>;
export function fact({
  from,
  ...declared
}: {
  readonly name: string;
  readonly from?: (given: never, item: never) => unknown;
}): Fact<never, never> {
  const made = from && { read: (given: never, _: Ask, item: never) => ({ ok: true, value: from(given, item) }) };
  return { of: cluster, needs: {}, ...declared, ...made } as never;
}
/** A fact that the caller of the engine gives. */
export const input = <T>(name: string) =>
  fact({ name, internal: true, read: (): Observed<T> => ({ ok: false, why: 'excluded', message: `no ${name} was given` }) });
