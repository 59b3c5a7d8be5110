/** Findings as each APIService sees them. Made once for all: there may be thousands of both. Pure. */
import type { Finding, Subject } from '../model.ts';

/** A finding that is of an APIService, or explains something of it. */
export interface Concern {
  readonly finding: Finding;
  /** Of the checks that found something of this APIService, the root first. */
  readonly ids: readonly string[];
}

/** By the name of the APIService, in the order of the findings. */
export function concernsOf(findings: readonly Finding[]): ReadonlyMap<string, readonly Concern[]> {
  const concerns = new Map<string, Concern[]>();
  for (const finding of findings)
    for (const [name, ids] of namesIn(finding)) {
      const known = concerns.get(name);
      if (known) known.push({ finding, ids });
      else concerns.set(name, [{ finding, ids }]);
    }
  return concerns;
}

function namesIn({ id, subject, others = [], symptoms }: Finding): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  const add = ({ scope, name }: Subject, of: string) => {
    if (scope !== 'apiservice') return;
    const ids = names.get(name);
    if (ids) ids.push(of);
    else names.set(name, [of]);
  };
  for (const own of [subject, ...others]) add(own, id);
  for (const symptom of symptoms) add(symptom.subject, symptom.id);
  return names;
}
