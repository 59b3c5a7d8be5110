/** What facts and checks are about. */

export type Scope = 'cluster' | 'apiserver' | 'apiservice';

/** What a check judges: the cluster (name ''), a kube-apiserver by its node, an APIService by its name. */
export interface Subject {
  readonly scope: Scope;
  readonly name: string;
}

/** The fact of one subject that is itself the reason why something is not known. */
export interface Reason {
  readonly fact: string;
  readonly subject: Subject;
}
