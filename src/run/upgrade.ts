/** What an upgrade would break, which of its changes were judged, and what would show the others. Pure. */
import type { Gathered } from '../check.ts';
import type { AnyCheck, Missing, Report, VersionChange } from '../model.ts';
import type { Result } from './judge.ts';

interface Seen {
  readonly checks: readonly AnyCheck[];
  readonly results: readonly Result[];
  readonly findings: Report['findings'];
  readonly unavailable: readonly Missing[];
}

/** Nothing where no upgrade was asked for and none would break anything. */
export function upgradeOf({ cluster: { upgrade } }: Gathered, seen: Seen): Pick<Report, 'upgrade'> {
  const judged = upgrade.ok ? upgrade.value : null;
  const breaks = seen.findings.filter(({ since }) => since !== undefined).map(({ id }) => id);
  if (!judged || !(judged.asked || breaks.length > 0)) return {};
  return {
    upgrade: {
      from: `1.${judged.from}`,
      to: `1.${judged.to}`,
      newestKnown: `1.${judged.newestKnown}`,
      changes: judged.rules.map(({ minor, change, kind, look }) => {
        const unchecked = look ?? whyUnchecked(kind, seen);
        return { version: `1.${minor}`, change, ...(unchecked !== null && { unchecked }) };
      }),
      breaks: [...new Set(breaks)],
    },
  };
}

/** Why nobody knows whether a change breaks anything, and what would show it; null: each check that judges it passed, or found that it does. */
function whyUnchecked(kind: VersionChange, { checks, results, findings, unavailable }: Seen): string | null {
  const fixFirst = (id: string) =>
    `first fix ${findings.find((one) => one.id === id || one.symptoms.some((symptom) => symptom.id === id))?.id ?? id}`;
  const judges = checks.filter((check) => check.judges?.includes(kind));
  if (judges.length === 0) return 'the checks for it were not chosen';
  const reasons = results.flatMap(({ check, verdict }) => {
    if (!judges.includes(check)) return [];
    if (verdict.is === 'crashed') return [`\`${check.id}\` crashed`];
    if (verdict.is === 'failed') return verdict.problems.some(({ since }) => since !== undefined) ? [] : [fixFirst(check.id)];
    if (verdict.is !== 'skipped') return [];
    const { because } = verdict;
    if ('check' in because) return [fixFirst(because.check)];
    const root = unavailable.find(({ fact, subject }) => fact === because.fact && (subject?.name ?? '') === (because.subject?.name ?? ''));
    return [root?.message ?? `${because.fact} is not known`];
  });
  return reasons[0] ?? null;
}
