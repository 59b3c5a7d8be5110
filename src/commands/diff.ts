/** `aggctl diff OLD NEW`: which problems are new, gone or the same, between two recordings or reports. */
import { type Decoded, list, object, parseJson, string } from '../decode.ts';
import { counted, type ExitRules } from '../exit-code.ts';
import { moment } from '../format.ts';
import { readLocalFile } from '../local-file.ts';
import type { Event, ExitStatus, Table } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { diagnose } from './doctor.ts';
import { judging } from './judging.ts';
import { incompleteness, openSource } from './open-source.ts';
import { severityCell } from './severity-cell.ts';
import type { Surroundings } from './surroundings.ts';

export interface DiffOptions {
  readonly failOn?: string;
}

/** What is compared of a report. */
const subject = object({ scope: string, name: string });
const judged = { id: string, subject };
const found = object({ ...judged, severity: string, message: string, others: list(subject), symptoms: list(object(judged)) });
const reportObject = object({
  kind: string,
  capturedAt: string,
  apiservices: list(object({ name: string })),
  chosen: list(string),
  findings: list(found),
  suppressed: list(found),
  skipped: list(object(judged)),
  crashed: list(object(judged)),
});
type Compared = Decoded<typeof reportObject>;
type Found = Decoded<typeof found>;
type Judged = Pick<Found, 'id' | 'subject'>;
/** `first checked`: the older side did not check it, so nobody knows since when it is there. `not checked`: the same of the newer. */
const states = ['new', 'first checked', 'gone', 'same', 'not checked'] as const;
type State = (typeof states)[number];

/** A report may be edited by hand. */
const dated = ({ capturedAt = '' }: Compared): string => {
  const at = new Date(capturedAt);
  return Number.isNaN(at.getTime()) ? 'undated' : moment(at);
};

/** Far more than a report of thousands of APIServices. */
const longest = 256 * 1024 * 1024;

/** `OLD` and `NEW` are what `--record` wrote, or what `-o json` printed. Throws a UsageError for anything else. Status 1: there is a new problem at or above `--fail-on`; 3: one of the old was not checked again. */
export async function* diff(older: string, newer: string, options: DiffOptions, surroundings: Surroundings): AsyncGenerator<Event, Table> {
  const { rules } = judging(options);
  const [before, after] = [yield* reportIn(older, surroundings), yield* reportIn(newer, surroundings)];
  const [oldTargets, newTargets] = [targetsOf(before), targetsOf(after)];
  if (oldTargets !== newTargets)
    throw new UsageError(`${older} is about ${oldTargets}, and ${newer} about ${newTargets}: compare two reports on the same APIServices`);
  const [old, now] = [keyed(before), keyed(after)];
  // What is the consequence of another problem on one side, or suppressed, is there all the same.
  const [seenBefore, seenNow] = [present(before), present(after)];
  const items = [
    ...[...now].filter(([key]) => !seenBefore.has(key)).map(([, one]) => itemOf(hasChecked(before, one) ? 'new' : 'first checked', one)),
    // A check that did not run again has not shown that its problem is gone.
    ...[...old].filter(([key]) => !seenNow.has(key)).map(([, one]) => itemOf(hasChecked(after, one) ? 'gone' : 'not checked', one)),
    ...[...new Map([...old, ...now])].filter(([key]) => seenBefore.has(key) && seenNow.has(key)).map(([, one]) => itemOf('same', one)),
  ];
  const counts = states
    .map((state) => ({ state, many: items.filter((one) => one.state === state).length }))
    .flatMap(({ state, many }) => (many > 0 ? [`${many} ${state}`] : []));
  const nothing = `no problem on either side${[before, after].some(({ suppressed = [] }) => suppressed.length > 0) ? ' except suppressed ones' : ''}`;
  return {
    schemaVersion: 1,
    kind: 'Differences',
    about: { old: older, new: newer, oldCapturedAt: before.capturedAt ?? null, newCapturedAt: after.capturedAt ?? null },
    heading: [`${older} (${dated(before)}) → ${newer} (${dated(after)}): ${counts.join(', ') || nothing}`],
    columns: ['PROBLEM IS', 'SEVERITY', 'CHECK', 'SUBJECT', { name: 'MESSAGE', only: 'room' }],
    rows: items.map(({ state, severity, id, subject, message }) => [
      state === 'gone' ? { text: state, tone: 'ok' } : state,
      severityCell(severity),
      id,
      subject.name,
      message,
    ]),
    items,
    exitStatus: statusOf(items, rules.failOn),
  };
}

function statusOf(items: readonly { readonly state: State; readonly severity: string }[], failOn: ExitRules['failOn']): ExitStatus {
  const failing: readonly string[] = counted(failOn);
  if (items.some(({ state, severity }) => (state === 'new' || state === 'first checked') && failing.includes(severity))) return 1;
  return items.some(({ state }) => state === 'not checked') ? 3 : 0;
}

/** A report of `check-apiservice` holds what concerns the APIServices that it names. */
const targetsOf = ({ apiservices }: Compared): string =>
  apiservices ? `APIService ${apiservices.map(({ name }) => name).join(', ')}` : 'the whole cluster';

/** Whether the report judged this check of this subject. Where it could not list the subjects, it skipped the check of all of them: of one without a name. */
function hasChecked({ chosen, skipped = [], crashed = [] }: Compared, { id = '', subject }: Judged): boolean {
  const isOf = (one: Judged) => one.id === id && (one.subject?.name === '' || one.subject?.name === subject?.name);
  return (chosen?.includes(id) ?? true) && ![...skipped, ...crashed].some(isOf);
}

const keyOf = ({ id = '', subject }: Judged): string => `${id} ${subject?.scope ?? ''} ${subject?.name ?? ''}`;
/** One for each subject: which of them a report tells of together depends on which others have the same problem. */
const apart = (all: readonly Found[]): readonly Found[] =>
  all.flatMap((one) => [one, ...(one.others ?? []).map((subject) => ({ ...one, subject }))]);
const keyed = ({ findings = [] }: Compared): ReadonlyMap<string, Found> => new Map(apart(findings).map((one) => [keyOf(one), one]));
const present = ({ findings = [], suppressed = [] }: Compared): ReadonlySet<string> =>
  new Set(apart([...findings, ...suppressed]).flatMap((one) => [one, ...(one.symptoms ?? [])].map(keyOf)));
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
  return reportObject(diagnosis) ?? {};
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
