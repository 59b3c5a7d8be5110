/** Order, skipping and verdicts: checks × facts → results. Pure. */
import type { Gathered } from '../check.ts';
import type { AnyCheck, Blocker, Observed, Reason, Scope, Subject, Verdict } from '../model.ts';

/** A check's verdict on one subject. */
export interface Result {
  readonly check: AnyCheck;
  readonly subject: Subject;
  readonly verdict: Verdict;
}

const cluster: Subject = { scope: 'cluster', name: '' };
type FactRecord = Readonly<Record<string, Observed<unknown> | undefined>>;
interface SubjectFacts {
  readonly subject: Subject;
  readonly facts: FactRecord;
}

/**
 * Runs the checks in their order on every subject of their scope. A check is skipped when a fact it needs could not be had, or when
 * a check named in its `after` did not pass for the same subject or for the cluster; the blocker is always the root. A check with a
 * proof that was skipped for want of a fact may still fail by it.
 */
export function judge(checks: readonly AnyCheck[], gathered: Gathered): readonly Result[] {
  const results = new Map<string, readonly Result[]>();
  const lists = new Map<string, Observed<unknown>>();
  for (const check of checks) {
    const earlier = (check.after ?? []).flatMap((id) => results.get(id) ?? []);
    results.set(check.id, resultsOf(check, { gathered, lists, blockerOn: firstBlocker(earlier) }));
  }
  return checks.flatMap((check) => withProof(check, { gathered, lists, blockerOn: () => undefined }, results.get(check.id) ?? []));
}

/** The first result that makes a later verdict on a subject meaningless: the subject's own, or the cluster's. */
function firstBlocker(results: readonly Result[]): (subject: Subject) => Result | undefined {
  const own = new Map<string, Result>();
  const keyOf = ({ scope, name }: Subject) => `${scope} ${name}`;
  for (const result of results) {
    if (!['failed', 'skipped', 'crashed'].includes(result.verdict.is)) continue;
    if (result.subject.scope === 'cluster') return (subject) => own.get(keyOf(subject)) ?? result;
    if (!own.has(keyOf(result.subject))) own.set(keyOf(result.subject), result);
  }
  return (subject) => own.get(keyOf(subject));
}

interface Context {
  readonly gathered: Gathered;
  /** Facts as lists over the subjects of their scope, each made once. */
  readonly lists: Map<string, Observed<unknown>>;
  /** The earlier result that makes this check meaningless for a subject. */
  readonly blockerOn: (subject: Subject) => Result | undefined;
}

function resultsOf(check: AnyCheck, around: Context): readonly Result[] {
  const { gathered } = around;
  const subjects = subjectsOf(gathered, check.scope);
  if (subjects.ok)
    return subjects.value.map(({ subject, facts }) => ({ check, subject, verdict: verdictOn(check, subject, facts, around) }));
  const because = blockerOf(subjects.because ?? { fact: check.scope, subject: cluster });
  return [{ check, subject: { scope: check.scope, name: '' }, verdict: { is: 'skipped', because } }];
}

/** A check that could not look is proven otherwise where it can be; once, on the cluster, in place of what was skipped. */
function withProof(check: AnyCheck, around: Context, results: readonly Result[]): readonly Result[] {
  if (!check.proof || !results.some(({ verdict }) => verdict.is === 'skipped' && 'fact' in verdict.because)) return results;
  const { id, title, severity, modes, explain } = check;
  const { needs, run } = check.proof;
  const proven = (facts: never) => {
    const problems = run(facts);
    if (problems === 'passes') return [];
    return problems.length > 0 ? problems : null;
  };
  const proof: AnyCheck = { id, title, severity, modes, explain, scope: 'cluster', needs, run: proven };
  const verdict = verdictOn(proof, cluster, around.gathered.cluster as FactRecord, around);
  if (verdict.is === 'skipped' || verdict.is === 'inapplicable') return results;
  return [...results.filter((result) => result.verdict.is !== 'skipped'), { check, subject: cluster, verdict }];
}

/** The subjects of a scope with their own facts. */
function subjectsOf(gathered: Gathered, scope: Scope): Observed<readonly SubjectFacts[]> {
  if (scope === 'cluster') return { ok: true, value: [{ subject: cluster, facts: gathered.cluster as FactRecord }] };
  return gathered[scope] as Observed<readonly SubjectFacts[]>;
}

/** Of most checks on most subjects, so each is one object. */
const passed: Verdict = { is: 'passed' };
const inapplicable: Verdict = { is: 'inapplicable' };

function verdictOn(check: AnyCheck, subject: Subject, own: FactRecord, around: Context): Verdict {
  const handed: Record<string, unknown> = {};
  for (const name of check.needs) {
    const fact = lookUp(name, own, around);
    if (!fact.ok) return { is: 'skipped', because: blockerOf(fact.because ?? { fact: name, subject: own[name] ? subject : cluster }) };
    handed[name] = fact.value;
  }
  for (const name of check.wants ?? []) {
    const fact = lookUp(name, own, around);
    if (fact.ok) handed[name] = fact.value;
  }
  const blocker = around.blockerOn(subject);
  if (blocker) {
    const because = blocker.verdict.is === 'skipped' ? blocker.verdict.because : { check: blocker.check.id, subject: blocker.subject };
    return { is: 'skipped', because };
  }
  try {
    const problems = check.run(handed as never);
    if (problems === null) return inapplicable;
    return problems.length > 0 ? { is: 'failed', problems } : passed;
  } catch (error) {
    return { is: 'crashed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** A fact of the subject's own scope or of the cluster as it is; one of another scope as the list over that scope's subjects. */
function lookUp(name: string, own: FactRecord, { gathered, lists }: Context): Observed<unknown> {
  const fact = own[name] ?? (gathered.cluster as FactRecord)[name] ?? lists.get(name);
  if (fact) return fact;
  const subjects = (['apiserver', 'apiservice'] as const).flatMap((scope) => {
    const judged = subjectsOf(gathered, scope);
    return judged.ok ? judged.value : [];
  });
  const value = subjects.flatMap(({ subject, facts }) => (facts[name] ? [{ subject, observed: facts[name] }] : []));
  lists.set(name, { ok: true, value });
  return { ok: true, value };
}

/** Without the list of a scope there is no subject to name. */
const blockerOf = ({ fact, subject }: Reason): Blocker => ({
  fact,
  subject: fact === 'apiserver' || fact === 'apiservice' ? null : subject,
});
