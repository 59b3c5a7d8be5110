/** Checks say what they cause; this turns it round: which checks would explain a symptom. Pure. */
import type { AnyCheck, Problem } from '../model.ts';

/** Ids of the checks that would explain a problem of this check (without one: any problem of it), what causes least else first: of the others more would show. */
export type Explanations = (check: AnyCheck, problem?: Pick<Problem, 'shows' | 'aspect'>) => readonly string[];

export function explanationsAmong(checks: readonly AnyCheck[]): Explanations {
  const bySignature = inverted(checks, ({ causes }) => causes?.signatures);
  const bySymptom = inverted(checks, ({ causes }) => causes?.symptoms);
  return (check, problem) => {
    const shows = problem?.shows ?? check.shows ?? [];
    const aspects = problem ? [problem.aspect ?? []].flat() : (check.aspects ?? []);
    const found = new Set([
      ...shows.flatMap((kind) => bySignature.get(kind) ?? []),
      ...[check.id, ...aspects.map((aspect) => `${check.id}/${aspect}`)].flatMap((symptom) => bySymptom.get(symptom) ?? []),
    ]);
    return checks
      .filter((cause) => found.has(cause) && cause.id !== check.id && reaches(cause, check))
      .sort((a, b) => breadth(a) - breadth(b))
      .map(({ id }) => id);
  };
}

/** What is wrong with one APIService explains nothing of the cluster. */
const reaches = (cause: AnyCheck, symptom: AnyCheck): boolean => cause.scope !== 'apiservice' || symptom.scope === 'apiservice';

const breadth = ({ causes: { signatures = [], symptoms = [] } = {} }: AnyCheck): number => signatures.length + symptoms.length;

function inverted(checks: readonly AnyCheck[], named: (check: AnyCheck) => readonly string[] | undefined) {
  const causes = new Map<string, AnyCheck[]>();
  for (const check of checks) for (const name of named(check) ?? []) causes.set(name, [...(causes.get(name) ?? []), check]);
  return causes;
}
