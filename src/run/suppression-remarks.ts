/** Entries of a file of suppressions that are of no use, as findings. Pure. */
import { matchesGlob } from '../glob.ts';
import type { AnyCheck, Finding, Severity, Subject, Suppression, SuppressionFile } from '../model.ts';
import type { Diagnosis } from './index.ts';
import { hasExpired, isAbout } from './suppress.ts';

/** What is found about the file itself, as checks describe themselves: no check can see what all the others found. */
export const suppressionRules = [
  {
    id: 'suppression-expired',
    title: 'no suppression has expired',
    severity: 'warning',
    scope: 'cluster',
    explain: {
      looksAt: 'the entries of `.aggctl.yaml`, or of the file that `--suppressions` names, and the time of the diagnosis',
      why: 'A suppression with `until` ends on that day. From the next day (UTC) on, the problem counts again.',
      kubernetes: 'Kubernetes is not involved.',
      repair: 'Fix the problem and remove the entry, or set a later `until`.',
      mirrors: 'aggctl, docs/suppressions.md',
    },
  },
  {
    id: 'suppression-unused',
    title: 'every suppression matches a problem',
    severity: 'info',
    scope: 'cluster',
    explain: {
      looksAt: 'the entries of `.aggctl.yaml`, or of the file that `--suppressions` names, and the problems that all checks found',
      why: 'The problem of such an entry has been fixed. If it returns, the entry would hide it.',
      kubernetes:
        'Kubernetes is not involved. An entry counts as unused only if every check that it names ran on every subject that it names.',
      repair: 'Remove the entry.',
      mirrors: 'aggctl, docs/suppressions.md',
    },
  },
] as const satisfies readonly Pick<AnyCheck, 'id' | 'title' | 'severity' | 'scope' | 'explain'>[];
const [expired, unused] = suppressionRules;

/** Diagnoses with one file of suppressions, all at one moment: what is to be said of the file is added to the first. */
export function withRemarks(diagnoses: readonly Diagnosis[], { file, entries }: SuppressionFile, now: Date | null): readonly Diagnosis[] {
  const remarks = entries.flatMap((entry): Finding[] => {
    const isUnused = diagnoses.every((one) => !isFound(entry, one) && wasChecked(entry, one));
    if (!hasExpired(entry, now)) return isUnused ? [unusedFinding(entry, file)] : [];
    const isBack = diagnoses.some((one) => isFound(entry, one));
    return [expiredFinding(entry, file, isBack ? 'the problem still exists, and counts again' : isUnused ? noProblem : null)];
  });
  return diagnoses.map((one, index) => (index === 0 ? withFindings(one, remarks) : one));
}
const noProblem = 'no problem matches it';

/** As a root or as a symptom, suppressed or not. */
const isFound = (entry: Suppression, { findings, suppressed = [] }: Diagnosis): boolean =>
  [...findings, ...suppressed].some(
    ({ id, subject, others = [], symptoms }) =>
      [subject, ...others].some(({ name }) => isAbout(entry, id, name)) || symptoms.some((one) => isAbout(entry, one.id, one.subject.name)),
  );

/** Whether every check that the entry names ran on every subject that it names. One file may be for clusters and for manifests, which have other checks. */
function wasChecked(entry: Suppression, { findings, suppressed = [], skipped, crashed, passed, inapplicable }: Diagnosis): boolean {
  const isNamed = ({ id, subject: { scope, name } }: { readonly id: string; readonly subject: Subject }) =>
    // Without a name: nobody knows which subjects there are.
    isAbout(entry, id, name) || (name === '' && scope !== 'cluster' && matchesGlob(entry.check, id));
  const ran = [...findings, ...suppressed, ...passed, ...inapplicable].some(({ id }) => matchesGlob(entry.check, id));
  return ran && ![...skipped, ...crashed].some(isNamed);
}

const told = ({ check, subject }: Suppression): string => (subject === null ? check : `${check} ${subject}`);
const finding = ({ at, ...entry }: Suppression, rule: { readonly id: string; readonly severity: Severity }) => ({
  id: rule.id,
  severity: rule.severity,
  subject: { scope: 'cluster' as const, name: told({ at, ...entry }) },
  at,
  effects: [],
  symptoms: [],
  mayBeExplainedBy: [],
});

const unusedFinding = (entry: Suppression, file: string): Finding => ({
  ...finding(entry, unused),
  message: `This entry suppresses nothing: no problem matches \`${told(entry)}\`.`,
  evidence: [`its reason: ${entry.reason}`],
  fix: { text: `Remove the entry from line ${entry.at.line} of \`${file}\`.`, commands: [] },
});
const expiredFinding = (entry: Suppression, file: string, seen: string | null): Finding => ({
  ...finding(entry, expired),
  message: `This entry suppresses nothing: its last day was \`${entry.until}\`.`,
  evidence: [`its reason: ${entry.reason}`, ...(seen === null ? [] : [seen])],
  fix: { text: `Remove the entry from line ${entry.at.line} of \`${file}\`, or set a later \`until\`.`, commands: [] },
});

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };
function withFindings(diagnosis: Diagnosis, more: readonly Finding[]): Diagnosis {
  if (more.length === 0) return diagnosis;
  const { summary } = diagnosis;
  const count = (severity: Severity) => summary[severity] + more.filter((one) => one.severity === severity).length;
  return {
    ...diagnosis,
    summary: { ...summary, warning: count('warning'), info: count('info') },
    findings: [...diagnosis.findings, ...more].sort((a, b) => rank[a.severity] - rank[b.severity]),
  };
}
