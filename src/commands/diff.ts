/** `aggctl diff OLD NEW`: which problems are new, gone or the same, between two recordings or reports. */
import { type Decoded, list, number, object, parseJson, string } from '../decode.ts';
import { counted, type ExitRules } from '../exit-code.ts';
import { readLocalFile } from '../local-file.ts';
import type { Event, ExitStatus, Table } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { diagnose, judging } from './doctor.ts';
import { incompleteness, openSource } from './open-source.ts';
import type { Surroundings } from './surroundings.ts';

export interface DiffOptions {
  readonly failOn?: string;
}

/** What is compared of a report. */
const subject = object({ scope: string, name: string });
const reportObject = object({
  kind: string,
  capturedAt: string,
  findings: list(object({ id: string, severity: string, subject, message: string, symptoms: list(object({ id: string, subject })) })),
  skipped: list(object({ id: string, subject })),
  summary: object({ passed: number }),
});
type Compared = Decoded<typeof reportObject>;
type Found = NonNullable<Compared['findings']>[number];
type State = 'new' | 'gone' | 'same' | 'not checked';

/** Far more than a report of thousands of APIServices. */
const longest = 256 * 1024 * 1024;

/** `OLD` and `NEW` are what `--record` wrote, or what `-o json` printed. Throws a UsageError for anything else. Status 1: there is a new problem at or above `--fail-on`; 3: one of the old was not checked again. */
export async function* diff(older: string, newer: string, options: DiffOptions, surroundings: Surroundings): AsyncGenerator<Event, Table> {
  const { rules } = judging(options);
  const [before, after] = [yield* reportIn(older, surroundings), yield* reportIn(newer, surroundings)];
  const [old, now] = [keyed(before), keyed(after)];
  // What is the consequence of another problem on one side is there all the same.
  const [seenBefore, seenNow] = [present(before), present(after)];
  const unchecked = new Set((after.skipped ?? []).map(keyOf));
  const items = [
    ...[...now].filter(([key]) => !seenBefore.has(key)).map(([, one]) => itemOf('new', one)),
    // A check that did not run again has not shown that its problem is gone.
    ...[...old].filter(([key]) => !seenNow.has(key)).map(([key, one]) => itemOf(unchecked.has(key) ? 'not checked' : 'gone', one)),
    ...[...new Map([...old, ...now])].filter(([key]) => seenBefore.has(key) && seenNow.has(key)).map(([, one]) => itemOf('same', one)),
  ];
  const counts = (['new', 'gone', 'same', 'not checked'] as const).map(
    (state) => `${items.filter((one) => one.state === state).length} ${state}`,
  );
  return {
    schemaVersion: 1,
    kind: 'Differences',
    about: { old: older, new: newer, oldCapturedAt: before.capturedAt ?? null, newCapturedAt: after.capturedAt ?? null },
    heading: [`${older} (${before.capturedAt ?? 'undated'}) → ${newer} (${after.capturedAt ?? 'undated'}): ${counts.join(', ')}`],
    columns: ['PROBLEM IS', 'SEVERITY', 'CHECK', 'SUBJECT', 'MESSAGE'],
    rows: items.map(({ state, severity, id, subject, message }) => [state, severity, id, subject.name, message]),
    items,
    exitStatus: statusOf(items, rules.failOn),
  };
}

function statusOf(items: readonly { readonly state: State; readonly severity: string }[], failOn: ExitRules['failOn']): ExitStatus {
  const failing: readonly string[] = counted(failOn);
  if (items.some(({ state, severity }) => state === 'new' && failing.includes(severity))) return 1;
  return items.some(({ state }) => state === 'not checked') ? 3 : 0;
}

const keyOf = ({ id = '', subject }: Pick<Found, 'id' | 'subject'>): string => `${id} ${subject?.scope ?? ''} ${subject?.name ?? ''}`;
const keyed = ({ findings = [] }: Compared): ReadonlyMap<string, Found> => new Map(findings.map((one) => [keyOf(one), one]));
const present = ({ findings = [] }: Compared): ReadonlySet<string> =>
  new Set(findings.flatMap((one) => [one, ...(one.symptoms ?? [])].map(keyOf)));
const itemOf = (state: State, { id = '', severity = '', subject, message = '' }: Found) => ({
  state,
  severity,
  id,
  subject: { scope: subject?.scope ?? '', name: subject?.name ?? '' },
  message,
});

async function* reportIn(file: string, surroundings: Surroundings): AsyncGenerator<Event, Compared> {
  const report = await asReport(file);
  if (report) return report;
  const source = yield* openSource({ snapshot: file }, surroundings);
  yield* incompleteness(source);
  const { diagnosis } = await diagnose(source, judging({}), {});
  return diagnosis as unknown as Compared;
}

/** null: it is no report. What it is instead the reader of snapshots says. */
async function asReport(file: string): Promise<Compared | null> {
  const content = await readLocalFile(file, longest).catch(() => null);
  if (content?.[0] !== 0x7b) return null;
  const value = reportObject(parseJson(content.toString()));
  if (value?.kind !== 'Report') return null;
  if (!value.findings) throw new UsageError(`${file} is a report without findings`);
  return value;
}
