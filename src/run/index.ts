/** (checks, gathered) → Report. Pure. */
import type { FactName, Gathered } from '../check.ts';
import type { AnyCheck, Finding, Missing, Observed, Owners, Report, Scope, Subject, SuppressionFile } from '../model.ts';
import { attribute } from './attribute.ts';
import { skippedAmong, withCandidates } from './candidates.ts';
import { explanationsAmong } from './causes.ts';
import { judge, type Result } from './judge.ts';
import { merge } from './merge.ts';
import { suppressing } from './suppress.ts';
import { trustMap } from './trust-map.ts';
import { upgradeOf } from './upgrade.ts';

/** What a report says of itself. */
export interface About {
  /** Version of aggctl. */
  readonly aggctl: string;
  /** `live`, or the snapshot's path. */
  readonly source: string;
  /** Why the snapshot does not hold everything that was asked, in a sentence. */
  readonly collected?: NonNullable<Report['collected']>;
  readonly incomplete?: string;
  /** Given when checks were left out. */
  readonly chosen?: readonly string[];
  /** Given where it is not `error`. */
  readonly failOn?: NonNullable<Report['failOn']>;
}
/** A report before the exit status is decided. */
export type Diagnosis = Omit<Report, 'summary'> & { readonly summary: Omit<Report['summary'], 'exitStatus'> };

/**
 * Judges the facts by the checks, finds the root causes, parts those that are suppressed from the others, and writes down what could not be
 * looked at, once each.
 */
export function run(checks: readonly AnyCheck[], gathered: Gathered, about: About, suppressions?: SuppressionFile): Diagnosis {
  const results = judge(checks, gathered);
  const { provider, now } = gathered.cluster;
  const ownersOf = ownersAmong(gathered);
  const hosted = provider.ok && provider.value !== null;
  const skippedChecks = skippedAmong(results);
  const suppressionOf = suppressing(suppressions?.entries ?? [], now?.ok ? now.value : null);
  const all = merge(attribute(results, explanationsAmong(checks), { hosted, ownersOf, suppressionOf }), gathered).map((one) =>
    withCandidates(one, skippedChecks),
  );
  const [suppressed, findings] = [all.filter(isSuppressed), all.filter((one) => !isSuppressed(one))];
  const count = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const of = <V extends Result['verdict']['is']>(is: V) =>
    results.flatMap(({ check, subject, verdict }) =>
      verdict.is === is ? [{ id: check.id, subject, title: check.title, verdict: verdict as Extract<Result['verdict'], { is: V }> }] : [],
    );
  const passed = of('passed').map(({ id, subject, title }) => ({ id, subject, title }));
  const skipped = of('skipped').map(({ id, subject, verdict }) => ({ id, subject, because: verdict.because }));
  const crashed = of('crashed').map(({ id, subject, verdict }) => ({ id, subject, error: verdict.error }));
  const inapplicable = of('inapplicable').map(({ id, subject }) => ({ id, subject }));
  const unavailable = missing(gathered, skipped);
  const { connection, version, distribution, identity, clock, clockSkew, userOptions } = gathered.cluster;
  return {
    schemaVersion: 1,
    kind: 'Report',
    ...about,
    ...(suppressions && { suppressions: suppressions.file, suppressed }),
    capturedAt: clock.ok ? clock.value.toISOString() : null,
    ...(userOptions.ok && userOptions.value.at && { judgedAt: userOptions.value.at.toISOString() }),
    ...(clockSkew.ok && { clockSkew: clockSkew.value }),
    cluster: connection.ok
      ? {
          name: connection.value.context,
          server: connection.value.server,
          version: version.ok ? version.value.text : null,
          distribution: distribution.ok ? distribution.value : null,
          ...unreachable(gathered),
        }
      : null,
    identity: identity.ok ? identity.value : null,
    apiservers: gathered.apiserver.ok
      ? gathered.apiserver.value.map(({ subject, facts: { flags } }) => ({
          name: subject.name,
          flags: flags.ok ? flags.value.at : null,
          ...(flags.ok && { origin: flags.value.origin }),
        }))
      : [],
    trust: trustMap(gathered),
    ...upgradeOf(gathered, { checks, results, findings: all, unavailable }),
    summary: {
      error: count('error'),
      warning: count('warning'),
      info: count('info'),
      passed: passed.length,
      skipped: skipped.length,
      inapplicable: inapplicable.length,
      crashed: crashed.length,
      ...(suppressions && { suppressed: suppressed.length }),
    },
    findings,
    unavailable,
    skipped,
    crashed,
    passed,
    inapplicable,
  };
}

const isSuppressed = ({ suppression }: Finding): boolean => suppression !== undefined;

/** kube-apiserver may refuse its version and answer otherwise. Without any answer the version's reason is that of all. */
function unreachable({ cluster: { version, identity, authConfigMap }, apiservice }: Gathered): { readonly unreachable?: string } {
  if (version.ok || version.why === 'excluded' || [identity, authConfigMap, apiservice].some(({ ok }) => ok)) return {};
  return { unreachable: version.alone ? `it refuses every request of this user: ${version.message}` : version.message };
}

/** Who owns what serves each APIService. */
function ownersAmong({ apiservice }: Gathered): (name: string) => Owners | null {
  const all = new Map(
    (apiservice.ok ? apiservice.value : []).map(({ subject, facts: { owners } }) => [subject.name, owners?.ok ? owners.value : null]),
  );
  return (name) => all.get(name) ?? null;
}

/** Every fact that could not be had and that is its own reason. */
function missing(gathered: Gathered, skipped: Report['skipped']): readonly Missing[] {
  const list: Missing[] = [];
  const keyOf = (fact: string, subject: Subject | null) => `${fact} ${subject?.name ?? ''}`;
  const blocked = new Map<string, Set<string>>();
  for (const { id, because } of skipped) {
    if (!('fact' in because)) continue;
    const key = keyOf(because.fact, because.subject);
    blocked.set(key, (blocked.get(key) ?? new Set()).add(id));
  }
  const add = (fact: FactName | Scope, subject: Subject | null, observed: Observed<unknown>) => {
    if (observed.ok || (observed.because && observed.because.fact !== fact)) return;
    list.push({ fact, subject, why: observed.why, message: observed.message, checks: [...(blocked.get(keyOf(fact, subject)) ?? [])] });
  };
  for (const [fact, observed] of Object.entries(gathered.cluster)) add(fact as FactName, { scope: 'cluster', name: '' }, observed);
  for (const scope of ['apiserver', 'apiservice'] as const) {
    const subjects = gathered[scope];
    if (!subjects.ok) add(scope, null, subjects);
    else
      for (const { subject, facts } of subjects.value)
        for (const [fact, observed] of Object.entries(facts)) add(fact as FactName, subject, observed);
  }
  return list;
}
