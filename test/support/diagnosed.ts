/** What aggctl says of recordings, and what of it a test compares. */
import { checkApiService } from '../../src/commands/check-apiservice.ts';
import { doctor } from '../../src/commands/doctor.ts';
import type { Report, Subject } from '../../src/model.ts';

export interface ScenarioOptions {
  readonly targetVersion?: string;
  readonly manifest?: string;
  /** The APIService that was checked by itself, its extension server asked directly. */
  readonly asFrontProxy?: string;
  /** The APIService that was checked by itself. */
  readonly named?: string;
  readonly readSecrets?: boolean;
  /** `html` makes a report with its drawings. */
  readonly output?: string;
}

/** Diagnoses recordings of one cluster, as the options say. */
export async function diagnosed(
  snapshot: readonly string[],
  { asFrontProxy, named = asFrontProxy, ...options }: ScenarioOptions,
): Promise<Report> {
  const given = { snapshot, ...options };
  const surroundings = { signal: new AbortController().signal, env: {}, now: () => new Date(), sleep: async () => {} };
  const steps = named ? checkApiService([named], given, surroundings) : doctor(given, surroundings);
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value as Report;
  }
}

const nameOf = ({ scope, name }: Subject): string => `${scope}/${name}`;

/** What is wrong, without the words for it, which the text has. */
export const wrongIn = ({ findings, unavailable, skipped, crashed, summary }: Report) => ({
  exitStatus: summary.exitStatus,
  findings: findings.map(({ id, severity, subject, at, symptoms, mayBeExplainedBy }) => ({
    id,
    severity,
    subject: nameOf(subject),
    at,
    symptoms: symptoms.map((symptom) => `${symptom.id} ${nameOf(symptom.subject)}`),
    mayBeExplainedBy,
  })),
  unavailable: unavailable.map(({ fact, subject, why }) => `${fact}${subject ? ` of ${nameOf(subject)}` : ''}: ${why}`),
  skipped: skipped.map(({ id, subject, because }) => `${id} ${nameOf(subject)}: ${JSON.stringify(because)}`),
  crashed,
});
