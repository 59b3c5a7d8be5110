/** `defineCheck`: checks name facts, whose types follow from their declarations. Only types lead to facts: no check holds their code. */
import type { Fact } from './facts/engine/declare.ts';
import type { facts } from './facts/index.ts';
import type { AnyCheck, AnyProof, Observed, Problem, Scope, Subject } from './model.ts';

type Facts = typeof facts;
export type FactName = keyof Facts;
type ScopeOf<N extends FactName> = Facts[N] extends Fact<unknown, infer S> ? S : never;
type ValueOf<N extends FactName> = Facts[N] extends Fact<infer T> ? T : never;
/** The value of each fact by its name. */
export type AllFacts = { readonly [N in FactName]: ValueOf<N> };
type NameIn<S extends Scope> = { [N in FactName]: ScopeOf<N> extends S ? N : never }[FactName];
/** The facts of one subject, known or not. */
export type FactsFor<S extends Scope> = { readonly [N in NameIn<S>]: Observed<ValueOf<N>> };

/** The facts of one run: those that somebody wants. A list of subjects that could not be had is unavailable as a whole. */
export interface Gathered {
  readonly cluster: FactsFor<'cluster'>;
  readonly apiserver: Observed<readonly { readonly subject: Subject; readonly facts: FactsFor<'apiserver'> }[]>;
  readonly apiservice: Observed<readonly { readonly subject: Subject; readonly facts: FactsFor<'apiservice'> }[]>;
}

/** Facts of the check's own scope and of the cluster arrive as values, those of another scope as a list. */
type Handed<S extends Scope, K extends FactName> = {
  readonly [N in K]: ScopeOf<N> extends S | 'cluster'
    ? ValueOf<N>
    : readonly { readonly subject: Subject; readonly observed: Observed<ValueOf<N>> }[];
};

interface Proof<K extends FactName> extends AnyProof {
  readonly needs: readonly K[];
  readonly run: (facts: Handed<'cluster', K>) => readonly Problem[] | 'passes';
}
/** A proof; `needs` decides what `run` is handed. */
export const defineProof = <const K extends FactName>(proof: Proof<K>): AnyProof => proof;

interface Check<S extends Scope, K extends FactName, W extends FactName> extends AnyCheck {
  readonly scope: S;
  readonly needs: readonly K[];
  readonly wants?: readonly W[];
  readonly run: (facts: Handed<S, K> & Partial<Handed<S, W>>) => readonly Problem[] | null;
}
/** A check; `scope`, `needs` and `wants` decide what `run` is handed. */
export const defineCheck = <const S extends Scope, const K extends FactName, const W extends FactName = never>(
  check: Check<S, K, W>,
): AnyCheck => check;
