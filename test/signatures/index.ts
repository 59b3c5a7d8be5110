/** What src/signatures/ must make of each text. */
import * as autoscalers from '../../src/signatures/autoscalers.ts';
import * as dependencies from '../../src/signatures/dependencies.ts';
import * as exitLog from '../../src/signatures/exit-log.ts';
import { exitMessages } from '../../src/signatures/exit-messages.ts';
import * as exits from '../../src/signatures/exits.ts';
import * as failures from '../../src/signatures/index.ts';
import { innerText } from '../../src/signatures/index.ts';
import * as probe from '../../src/signatures/probe.ts';
import * as rejections from '../../src/signatures/rejections.ts';
import * as scrapes from '../../src/signatures/scrapes.ts';
import { messages } from './autoscalers.ts';
import { exitMessageTexts, noExitMessages, ofRunning } from './exit-messages.ts';
import { exitLogs, exitTexts, ownFile } from './exits.ts';
import { answers, conditions, inner, statuses, U } from './failures.ts';
import { ownAnswers, timeouts, unseen } from './probe.ts';
import { refusedWatches, rejectionLines, rejectionTexts } from './rejections.ts';
import { adapterAnswers, dependencyLines, scrapeLines, structured } from './scrapes.ts';

/** What it is about, what was made of it, and what must be. */
type Case = readonly [name: string, found: unknown, expected: unknown];
export interface Module {
  readonly file: string;
  /** The rows of its table, and of those that it takes from other files. */
  readonly rows: readonly { readonly kind: string; matches: RegExp }[];
  /** Of the module itself, or of one in its place. */
  readonly cases: (other?: unknown) => readonly Case[];
}
const module = <M>(file: string, itself: M, rows: Module['rows'], cases: (module: M) => readonly Case[]): Module => ({
  file,
  rows,
  cases: (other = itself) => cases(other as M),
});

const failing = (text: string) => `failing or missing response from ${U}: ${text}`;
/** In the condition with one reason or another, and in a user's answer. */
const failureTexts: readonly (readonly [reason: string, text: string, kind: string])[] = [
  ...inner.map(([text, kind]) => ['FailedDiscoveryCheck', failing(`Get "${U}": ${text}`), kind] as const),
  ...statuses.map(([status, kind]) => ['FailedDiscoveryCheck', failing(`bad status from ${U}: ${status}`), kind] as const),
  ...conditions,
  ['NoCondition', 'no condition Available', 'no-condition'],
  ['UsersUnanswered', '', 'users-unanswered'],
];
const scraped = new Date('2026-11-23T15:05:00Z');
const kindOf = (found: { readonly kind: string } | undefined) => found?.kind ?? 'other';

export const modules: readonly Module[] = [
  module('src/signatures/index.ts', failures, failures.signatures, ({ answerText, recognise }) => [
    ...failureTexts.map(([reason, text, kind]) => [text, kindOf(recognise(reason, innerText(text))), kind] as const),
    ...inner.map(
      ([text, kind]) => [text, kindOf(recognise('', answerText(503, `error trying to reach service: ${text}\n`))), kind] as const,
    ),
    ...inner.map(
      ([text]) =>
        [
          text,
          kindOf(recognise('', answerText(503, text))),
          text.startsWith('rpc error: code = Unavailable') ? 'storage-down' : 'other',
        ] as const,
    ),
    ...answers.map(([status, text, kind]) => [`${status} ${text}`, kindOf(recognise('', answerText(status, text))), kind] as const),
  ]),
  module('src/signatures/exit-log.ts', exitLog, exitMessages, ({ exitMessageIn }) => [
    ...exitMessageTexts.map(([kind, line]) => [line, exitMessageIn(`hello\n${line}\n`)?.signature?.kind, kind] as const),
    ...noExitMessages.map((line) => [line, exitMessageIn(`hello\n${line}\n`)?.signature?.kind, undefined] as const),
    ['300 characters are shown whole', exitMessageIn(`Error: ${'x'.repeat(300)}`)?.text, 'x'.repeat(300)],
    ...ofRunning.map(([name, log, running, kind]) => [name, exitMessageIn(log, running)?.signature?.kind, kind] as const),
  ]),
  module('src/signatures/exits.ts', exits, exits.exits, ({ kindsOfExit, exitText }) => [
    ...exitTexts.map(([text, ...kinds]) => [text, kindsOfExit(text, [ownFile, '/etc/kubernetes/pki/ca.crt']), kinds] as const),
    ...exitLogs.map(([name, log, text]) => [name, exitText(log), text] as const),
  ]),
  module('src/signatures/rejections.ts', rejections, rejections.rejections, ({ rejectionKind, rejectionIn, refusedWatchIn }) => [
    ...rejectionTexts.map(([first, kind]) => [first, rejectionKind(first).kind, kind] as const),
    ...rejectionLines.map(([line, text]) => [line, rejectionIn(line)?.text ?? null, text] as const),
    ...refusedWatches.map(([line, account]) => [line, refusedWatchIn(line)?.account ?? null, account] as const),
  ]),
  module('src/signatures/probe.ts', probe, [], ({ isUnseenByProbe, isTimeout, isOwnAnswer }) => [
    ...unseen.map(([text, minor, is]) => [`${minor}: ${text}`, isUnseenByProbe(text, minor), is] as const),
    ...timeouts.map(([text, is]) => [text, isTimeout(text), is] as const),
    ...ownAnswers.map(([status, text, is]) => [`${status} ${text}`, isOwnAnswer({ text }), is] as const),
  ]),
  module('src/signatures/autoscalers.ts', autoscalers, autoscalers.complaints, ({ complaintOf }) =>
    messages.map(([reason, message, kind]) => [`${reason}: ${message}`, complaintOf(reason, message)?.kind ?? null, kind] as const),
  ),
  module('src/signatures/scrapes.ts', scrapes, scrapes.scrapes, ({ scrapeErrorsIn }) => [
    ...scrapeLines.map(
      ([line, ...expected]) => [line, scrapeErrorsIn(line, scraped).map(({ node, kind }) => `${node} ${kind}`), expected] as const,
    ),
    ['when it was logged', scrapeErrorsIn(structured('EOF'), scraped)[0]?.at?.toISOString(), '2026-11-23T15:04:24.090Z'],
    [
      'the newest of a node',
      scrapeErrorsIn(`${structured('EOF')}\n${structured('context deadline exceeded')}`, scraped).map(({ kind }) => kind),
      ['no-answer'],
    ],
  ]),
  module('src/signatures/dependencies.ts', dependencies, dependencies.dependencies, ({ dependencyIn, isAdapterFailure }) => [
    ...dependencyLines.map(([line, kind]) => [line, dependencyIn(`hello\n${line}\n`)?.kind, kind] as const),
    ...adapterAnswers.map(([status, text, fails]) => [`${status} ${text}`, isAdapterFailure(status, text), fails] as const),
  ]),
];
