import { list } from '../../format.ts';
import type { Observed, Subject } from '../../model.ts';

/** A fact of each kube-apiserver that only its node's files show. */
export type FilesOfEach = readonly { readonly subject: Subject; readonly observed: Observed<unknown> }[] | undefined;

/** Where aggctl would see files that it does not see from here, as a place in a sentence (`any`: it sees none); null: it sees those of every kube-apiserver. */
export function unseenNodes(files: FilesOfEach, any = 'a control-plane node'): string | null {
  const unseen = (files ?? []).filter(({ observed }) => !observed.ok);
  if (files === undefined || unseen.length === files.length) return any;
  return unseen.length === 0 ? null : list(unseen.map(({ subject }) => subject.name));
}
