/** Which checks that could not look are candidates for the cause of a finding. Pure. */
import type { Finding, Problem } from '../model.ts';
import type { Result } from './judge.ts';

/** More than these are no help: a fact is missing. */
const most = 4;

/** The checks that were skipped, by id, and the fact without which they were. */
export type Skipped = ReadonlyMap<string, { readonly scope: Result['check']['scope']; readonly fact: string }>;
export const skippedAmong = (results: readonly Result[]): Skipped =>
  new Map(
    results.flatMap(({ check: { id, scope }, verdict }) =>
      verdict.is === 'skipped' ? [[id, { scope, fact: 'fact' in verdict.because ? verdict.because.fact : '' }] as const] : [],
    ),
  );

/**
 * Of the explanations that could not be looked at, those that the problem's evidence leaves. Where a provider runs the control plane, nobody
 * but the provider sets what only its kube-apiservers show: that is no candidate.
 */
export const candidatesFor = (
  { isLocal, leaves }: Pick<Problem, 'isLocal' | 'leaves'>,
  explainedBy: readonly string[],
  skipped: Skipped,
  hosted: boolean,
): readonly string[] =>
  explainedBy.filter((id) => {
    const one = skipped.get(id);
    if (!one || (hosted && one.fact === 'apiserver') || (isLocal && one.scope !== 'apiservice')) return false;
    return leaves === undefined || leaves.includes(id);
  });

/** The finding with its candidates, or with the facts that would tell them apart where they are too many to be a help. */
export function withCandidates(finding: Finding, skipped: Skipped): Finding {
  const { mayBeExplainedBy: ids } = finding;
  if (ids.length <= most) return finding;
  const facts = [...new Set(ids.flatMap((id) => skipped.get(id)?.fact || []))];
  return { ...finding, mayBeExplainedBy: [], undecided: { candidates: ids.length, facts } };
}
