/** What aggctl knows of a cluster once the raw answers are parsed, by scope. */
import type { ApiserverFacts } from './apiserver.ts';
import type { ApiserviceFacts } from './apiservice.ts';
import type { ClusterFacts } from './cluster.ts';
import type { Observed } from './seam.ts';

export type Scope = 'cluster' | 'apiserver' | 'apiservice';

/** What a check judges: the cluster (name ''), a kube-apiserver by its node, an APIService by its name. */
export interface Subject {
  readonly scope: Scope;
  readonly name: string;
}

export interface FactsOf {
  cluster: ClusterFacts;
  apiserver: ApiserverFacts;
  apiservice: ApiserviceFacts;
}

export type AllFacts = ClusterFacts & ApiserverFacts & ApiserviceFacts;

export type FactName = keyof AllFacts;

export type FactsFor<S extends Scope> = { readonly [N in keyof FactsOf[S]]: Observed<FactsOf[S][N]> };

/** All facts of one run. A list of subjects that could not be had is unavailable as a whole. */
export interface Gathered {
  readonly cluster: FactsFor<'cluster'>;
  readonly apiserver: Observed<readonly { readonly subject: Subject; readonly facts: FactsFor<'apiserver'> }[]>;
  readonly apiservice: Observed<readonly { readonly subject: Subject; readonly facts: FactsFor<'apiservice'> }[]>;
}
