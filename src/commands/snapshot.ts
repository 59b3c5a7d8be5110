/** `aggctl snapshot FILE`: what a snapshot holds, so that a person can check it before sending it. */
import { apiPath } from '../api-path.ts';
import { isObject, parseJson } from '../decode.ts';
import { selfSubjectReview } from '../facts/cluster/identity.ts';
import { moment, plural } from '../format.ts';
import type { Answer, AnyQuestion, Event, Observed, ShownAnswer, Table } from '../model.ts';
import { snapshot as open, type Snapshot } from '../sources/snapshot.ts';
import { UsageError } from '../usage-error.ts';
import { answerText, nearest, questionText, sizeText, textSize, withheldIn } from './snapshot-question.ts';

export interface SnapshotOptions {
  /** The text of one question: its answer is shown. */
  readonly show?: string;
}
interface Line {
  readonly question: AnyQuestion;
  readonly text: string;
  readonly observed: Observed<unknown>;
}

/** The list of the questions, or with `show` one answer. Throws a UsageError if the file is not a snapshot, or holds no such question. */
export async function* snapshot(file: string, { show }: SnapshotOptions): AsyncGenerator<Event, Table | ShownAnswer> {
  const opened = await open(file);
  if (!opened.ok) throw new UsageError(opened.message);
  const { questions, ask, incomplete } = opened.value;
  if (!questions) throw new UsageError(`${file} is a snapshot of format 1, a directory: its answers are the files in it`);
  const lines = await Promise.all(
    (await questions()).map(
      async (question): Promise<Line> => ({ question, text: questionText(question), observed: await ask(question as never) }),
    ),
  );
  if (incomplete) yield { kind: 'warning', message: `The snapshot ${file} is incomplete: ${incomplete}.`, status: 3 };
  return show === undefined ? listOf(file, lines, opened.value) : shown(show, lines, file);
}

function shown(wanted: string, lines: readonly Line[], file: string): ShownAnswer {
  const found = lines.find(({ text }) => text === wanted);
  if (found) return { schemaVersion: 1, kind: 'SnapshotAnswer', text: found.text, question: found.question, ...readable(found.observed) };
  const texts = lines.map(({ text }) => text);
  const near = nearest(wanted, texts);
  const hint = near.length > 0 ? ` (did you mean ${near.map((one) => `'${one}'`).join(', ')}?)` : '';
  throw new UsageError((self) => `question '${wanted}' is not in ${file}${hint}; see: ${self} snapshot FILE`);
}

/** An answer with its text as what it is: JSON, or lines. */
function readable(observed: Observed<unknown>): Pick<ShownAnswer, 'answer' | 'json' | 'lines'> {
  if (!observed.ok) return { answer: { unavailable: observed.why, message: observed.message } };
  const { text, ...answer } = isObject(observed.value) ? observed.value : { answer: observed.value };
  if (typeof text !== 'string') return { answer };
  const json = parseJson(text);
  return isObject(json) || Array.isArray(json) ? { answer, json } : { answer, lines: text.replace(/\r?\n$/, '').split(/\r?\n/) };
}

async function listOf(file: string, lines: readonly Line[], { ask, header, collected }: Snapshot): Promise<Table> {
  const [clock, hostname, connection] = await Promise.all([
    ask({ kind: 'clock' }),
    ask({ kind: 'file', path: '/etc/hostname' }),
    ask({ kind: 'connection' }),
  ]);
  const node = hostname.ok && hostname.value.is === 'text' ? hostname.value.text.trim() : '';
  const items = lines.map(({ question, text, observed }) => ({
    kind: question.kind,
    question: text,
    answer: answerText(question, observed),
    bytes: textSize(observed),
    withheld: withheldIn(observed),
    node: ['file', 'dir', 'key'].includes(question.kind) ? node : '',
  }));
  const withNode = items.some((item) => item.node !== '');
  const about = {
    file,
    captured: clock.ok ? clock.value.time : null,
    aggctl: header?.version ?? null,
    collectedBy: collected?.by ?? null,
    cluster: connection.ok && connection.value ? { name: connection.value.context, server: connection.value.server } : null,
    user: userIn(lines),
    answers: items.length,
    withheld: items.reduce((sum, { withheld }) => sum + withheld, 0),
  };
  return {
    schemaVersion: 1,
    kind: 'SnapshotQuestions',
    about,
    heading: heading(about, items, header?.origin === 'recorded'),
    columns: [
      'QUESTION',
      'ANSWER',
      'WITHHELD',
      ...['SIZE', ...(withNode ? ['NODE'] : [])].map((name) => ({ name, only: 'room' as const })),
    ],
    rows: items.map(({ question, answer, bytes, withheld, node: on }) => [
      question,
      answer,
      String(withheld),
      bytes > 0 ? sizeText(bytes) : '',
      ...(withNode ? [on] : []),
    ]),
    items,
  };
}

interface Whole {
  readonly file: string;
  readonly captured: string | null;
  readonly aggctl: string | null;
  readonly collectedBy: string | null;
  readonly cluster: { readonly name: string; readonly server: string } | null;
  readonly user: string | null;
  readonly answers: number;
  readonly withheld: number;
}
function heading(about: Whole, items: readonly { readonly kind: string }[], isRecorded: boolean): readonly string[] {
  const { file, captured, aggctl, collectedBy, cluster, user, answers, withheld } = about;
  const kinds = [...new Set(items.map(({ kind }) => kind))].map((kind) => `${items.filter((item) => item.kind === kind).length} ${kind}`);
  const by = collectedBy ?? (aggctl === null ? 'made by hand' : `recorded by aggctl ${aggctl}`);
  const of = [cluster?.name, cluster?.server, user && `as ${user}`].filter(Boolean).join(' · ');
  return [
    `${file}: ${by}, ${captured === null ? 'at an unknown time' : moment(new Date(captured))}`,
    ...(of ? [of] : []),
    `${plural(answers, 'answer')}: ${kinds.join(', ')}`,
    `${withheld === 0 ? 'No value is' : withheld === 1 ? '1 value is' : `${withheld} values are`} replaced by REDACTED.`,
    isRecorded
      ? 'Private keys, tokens, passwords and the values of Secrets were never recorded.'
      : 'Private keys, tokens, passwords and the values of Secrets are not shown here, but the file itself may hold them: aggctl did not write it.',
  ];
}

/** Whom kube-apiserver took for who recorded. */
function userIn(lines: readonly Line[]): string | null {
  const path = apiPath`/apis/authentication.k8s.io/v1/selfsubjectreviews`;
  const review = lines.find(({ question }) => question.kind === 'api' && question.path === path)?.observed;
  const text = review?.ok ? (review.value as Answer['api']).text : '';
  return selfSubjectReview(parseJson(text))?.status?.userInfo?.username ?? null;
}
