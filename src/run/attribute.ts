/** Root causes: results → findings, each symptom under what explains it. Pure. */
import {
  type AnyCheck,
  everyUser,
  type Finding,
  type Owners,
  type Problem,
  type Severity,
  type Subject,
  type Suppression,
  type Symptom,
} from '../model.ts';
import { inTermsOf, ownerFor } from '../owners/words.ts';
import { candidatesFor, skippedAmong } from './candidates.ts';
import type { Explanations } from './causes.ts';
import type { Result } from './judge.ts';

/** A problem in its place: the check that found it and the subject it was found on. */
interface Found {
  readonly check: AnyCheck;
  readonly subject: Subject;
  readonly problem: Problem;
  readonly severity: Severity;
  /** Ids of the checks that would explain it. */
  readonly explainedBy: readonly string[];
  /** Position in the order of checks, then of subjects. */
  readonly position: number;
  /** The entry that matches it. */
  readonly suppression: Suppression | undefined;
}

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

interface Around {
  /** A provider runs the control plane. */
  readonly hosted: boolean;
  /** Who owns what serves an APIService; null: nothing tells. */
  readonly ownersOf: (apiService: string) => Owners | null;
  /** The entry that suppresses a finding of this check on this subject. */
  readonly suppressionOf: (id: string, subject: Subject) => Suppression | undefined;
}
const nobody: Around = { hosted: false, ownersOf: () => null, suppressionOf: () => undefined };

/**
 * Nests every problem that another one explains under its root, and orders the roots: severity (the highest beneath counts), then what
 * keeps kube-apiserver from starting, then the order of the checks, then the subject. A cause explains a symptom when its subject is the same, or is the cluster or a kube-apiserver.
 * What an unsuppressed root and a suppressed one explain is nested under the former: a suppressed root hides only what it alone explains.
 */
export function attribute(
  results: readonly Result[],
  explanations: Explanations,
  { hosted, ownersOf, suppressionOf }: Around = nobody,
): readonly Finding[] {
  const found = results.flatMap((result) =>
    result.verdict.is === 'failed' ? result.verdict.problems.map((problem) => ({ ...result, problem })) : [],
  );
  const several = new Set(results.flatMap(({ subject }) => (subject.scope === 'apiserver' ? [subject.name] : []))).size > 1;
  const all: readonly Found[] = found.map(({ check, subject, problem }, position) => ({
    check,
    subject,
    problem: reaching(problem, usersOf(subject, several)),
    severity: problem.severity ?? check.severity,
    explainedBy: explanations(check, problem),
    position,
    suppression: suppressionOf(check.id, subject),
  }));
  const causes = causesAmong(all);
  const rootOf = new Map(all.map((one) => [one, root(one, causes)]));
  const beneathOf = grouped(
    all.filter((one) => rootOf.get(one) !== one),
    (one) => rootOf.get(one),
  );
  const skipped = skippedAmong(results);
  const roots = all.filter((one) => rootOf.get(one) === one);
  return roots
    .map((one) => {
      const beneath = beneathOf.get(one) ?? [];
      const severity = [one, ...beneath].map((each) => each.severity).sort((a, b) => rank[a] - rank[b])[0] ?? one.severity;
      return {
        position: one.position,
        stops: stopsStart(one.check),
        finding: findingOf(
          one,
          ownersOf(one.subject.name),
          severity,
          beneath.map((each) => symptomOf(each, causes)),
          causesOf(one, causes).length > 0 ? [] : candidatesFor(one.problem, one.explainedBy, skipped, hosted),
        ),
      };
    })
    .sort((a, b) => rank[a.finding.severity] - rank[b.finding.severity] || Number(b.stops) - Number(a.stops) || a.position - b.position)
    .map(({ finding }) => finding);
}

/** A check that explains an exit finds what ends kube-apiserver: the rest waits until it runs. */
const stopsStart = ({ causes }: AnyCheck): boolean => (causes?.signatures ?? []).some((kind) => kind.startsWith('exits-by-'));

/** Of several kube-apiservers each has users of its own. */
const usersOf = ({ scope, name }: Subject, several: boolean): string =>
  several && scope === 'apiserver' ? `every user of the kube-apiserver on ${name}` : 'every user';

/** The problem, with the users that it reaches named in its message. */
export const reaching = (problem: Problem, users: string): Problem => ({
  ...problem,
  message: problem.message.split(everyUser).join(users),
});

interface Causes {
  /** What was found, by check and by how far it reaches: an APIService, or all there is. */
  readonly found: ReadonlyMap<string, readonly Found[]>;
  /** The roots that are known already. */
  readonly roots: Map<Found, Found>;
}
const causesAmong = (all: readonly Found[]): Causes => ({
  found: grouped(all, ({ check, subject }) => keyOf(check.id, subject.scope === 'apiservice' ? subject : null)),
  roots: new Map(),
});
function grouped<K>(all: readonly Found[], keyOf: (one: Found) => K): Map<K, Found[]> {
  const groups = new Map<K, Found[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
const keyOf = (id: string, apiService: Subject | null) => `${id} ${apiService?.name ?? ''}`;

/** The explanations of a problem that were found, the one to repair first at the head. What checks cause has no cycles (a law of the tests). */
function causesOf(one: Found, causes: Causes): readonly Found[] {
  const near = one.explainedBy.flatMap((id) => [
    ...(causes.found.get(keyOf(id, null)) ?? []),
    ...(one.subject.scope === 'apiservice' ? (causes.found.get(keyOf(id, one.subject)) ?? []) : []),
  ]);
  const isHidden = (other: Found) => Number(root(other, causes).suppression !== undefined);
  return near
    .filter((other) => !other.problem.latent || one.problem.latent)
    .sort((a, b) => isHidden(a) - isHidden(b) || rank[a.severity] - rank[b.severity] || a.position - b.position);
}

/** Follows the first explanation upwards. */
function root(one: Found, causes: Causes): Found {
  const known = causes.roots.get(one);
  if (known) return known;
  const [cause] = causesOf(one, causes);
  const found = cause ? root(cause, causes) : one;
  causes.roots.set(one, found);
  return found;
}

/** A symptom stands under the first of its explanations, and names those that lead to another root. */
function symptomOf(one: Found, causes: Causes): Symptom {
  const others = causesOf(one, causes)
    .map((cause) => root(cause, causes))
    .filter((cause) => cause !== root(one, causes));
  return { ...described(one), ...(others.length > 0 && { alsoExplainedBy: [...new Set(others.map((other) => other.check.id))] }) };
}

const described = ({ check, subject, problem }: Found) => ({
  id: check.id,
  subject,
  message: problem.message,
  at: problem.at,
  evidence: problem.evidence ?? [],
});

const findingOf = (
  one: Found,
  owners: Owners | null,
  severity: Severity,
  symptoms: readonly Symptom[],
  mayBeExplainedBy: readonly string[],
): Finding => ({
  ...described(one),
  severity,
  fix: inTermsOf(ownerFor(one.problem.fix, owners), one.problem.fix),
  effects: one.problem.effects ?? [],
  symptoms,
  mayBeExplainedBy,
  ...(one.problem.since && { since: `1.${one.problem.since}` }),
  ...(one.suppression && { suppression: { reason: one.suppression.reason, until: one.suppression.until, at: one.suppression.at } }),
});
