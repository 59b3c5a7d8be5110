/** What is healthy, what could not be checked, crashes of aggctl itself, and the summary. */

import { list, plural } from '../../format.ts';
import type { Blocker, Missing, Report } from '../../model.ts';
import { type Page, prose, spread } from '../layout.ts';
import { judged } from './place.ts';

type Why = Missing['why'];
const failures: readonly Why[] = ['denied', 'unreachable', 'malformed'];

/** Without a finding: what was found healthy. */
export function health(report: Report, page: Page): string[] {
  const claimed = claim(report);
  if (!claimed) return [];
  const { paint, symbols } = page;
  const sign = claimed.sign === 'none' ? symbols.none : paint[claimed.sign](symbols[claimed.sign]);
  return prose(`${sign} ${claimed.title ? `${claimed.title}: ` : ''}${claimed.text}`, page, 0, 2);
}

interface Claim {
  readonly sign: 'ok' | 'error' | 'none';
  /** What the text says more of. */
  readonly title?: string;
  readonly text: string;
}
/** What a report without a finding says, and never more than was checked; null: it has one. */
export function claim(report: Report): Claim | null {
  if (report.findings.length > 0) return null;
  const { passed, crashed } = report.summary;
  const misses = (whys: readonly Why[]) => report.unavailable.some(({ why }) => whys.includes(why));
  const isSuppressing = (report.suppressed?.length ?? 0) > 0;
  const allSuppressed: Claim = { sign: 'none', text: 'No problem found except suppressed ones.' };
  if (report.manifests) return isSuppressing ? allSuppressed : { sign: 'ok', text: 'No problem found in these manifests.' };
  if (report.unlisted !== undefined && report.apiservices?.length === 0) return { sign: 'error', text: unlisted(report.unlisted, report) };
  if (report.apiservices?.every(({ state }) => state === 'local')) return localHealth(report.apiservices.length);
  if (passed === 0 || (report.cluster?.unreachable !== undefined && report.apiservers.length === 0))
    return { sign: 'none', text: 'Nothing could be checked, so this report says nothing about the cluster.' };
  if (crashed > 0 || misses(failures) || report.incomplete) {
    const text = report.cluster?.unreachable
      ? 'Only local files were checked; no problem found in them.'
      : 'No problem found in what could be checked.';
    return { sign: 'none', text };
  }
  if (isSuppressing) return allSuppressed;
  const { total, serving, failing } = servers(report);
  if (failing > 0) {
    const rest = `${failing} of ${plural(total, 'extension server')} did not answer`;
    const text = `No problem found, but ${rest}. If something has just changed, run aggctl again in a minute.`;
    return { sign: 'none', text };
  }
  const narrowed = misses(['excluded']);
  const all = total === 1 ? 'the extension server answers and ' : `${total === 2 ? 'both' : `all ${total}`} extension servers answer and `;
  const answers = total > 0 && serving === total ? all : '';
  const checks = report.apiservices ? `every check that concerns ${report.apiservices.length === 1 ? 'it' : 'them'}` : 'every check';
  const every = report.chosen ? 'every chosen check' : checks;
  const title = `Healthy${narrowed ? ' as far as can be seen from here' : ''}`;
  const text = `${answers}${every}${narrowed ? (report.chosen || report.apiservices ? ' and can run here' : ' that can run here') : ''} passed.`;
  return { sign: 'ok', title, text };
}

/** Nobody knows which APIServices there are; why stands at the head of the report where kube-apiserver does not answer at all. */
function unlisted(reason: string, { cluster }: Report): string {
  const why = cluster?.unreachable === reason ? ', so none of them was checked.' : `: ${reason}`;
  return `APIServices cannot be listed${why}`;
}

/** The extension servers of the report: all, or those of the chosen APIServices. */
function servers({ apiservices, trust }: Report) {
  if (!apiservices) return trust?.extensionServers ?? { total: 0, serving: 0, failing: 0 };
  const count = (...states: readonly string[]) =>
    new Set(apiservices.filter(({ state }) => states.includes(state)).map(({ servedBy }) => servedBy)).size;
  return { total: count('serves', 'fails', 'in-transition'), serving: count('serves'), failing: count('fails', 'in-transition') };
}

/** No APIService chosen (`--unavailable`), or none with a Service. */
function localHealth(count: number): Claim {
  if (count === 0) return { sign: 'ok', text: 'No APIService is unavailable.' };
  return { sign: 'none', text: 'Nothing to check: the aggregation layer is not involved.' };
}

/** With -v: each check that passed, then what was not checked and why. */
export function passes(report: Report, page: Page): string[] {
  const { paint, symbols } = page;
  const titles = [...new Set(report.passed.map(({ title }) => title))].map((title) => {
    const names = report.passed.filter((one) => one.title === title && one.subject.name !== '').map(({ subject }) => subject.name);
    return `${paint.ok(symbols.ok)} ${title}${names.length === 0 ? '' : ` (${list(names)})`}`;
  });
  const skips = report.skipped.map((one) => `${symbols.none} ${judged(one)}: not checked, because ${reason(one.because)}`);
  const idle = report.inapplicable.map((one) => `${symbols.none} ${judged(one)}: not applicable`);
  return [...titles, ...skips, ...idle].flatMap((line) => prose(line, page, 0, 2));
}
const reason = (because: Blocker): string =>
  'check' in because ? `${judged({ id: because.check, subject: because.subject })} comes first` : `${because.fact} is not known`;

/** What could not be checked, each reason once: first what failed, then what is never visible from here. */
export function unseen(report: Report, page: Page, whys: readonly Why[] = [...failures, 'excluded']): string[] {
  return misses(report, page, whys).flatMap(({ heading, items }) => {
    if (items.length === 1) return prose(`${page.symbols.none} ${heading}: ${items[0]}`, page, 0, 2);
    return [`${page.symbols.none} ${heading}:`, ...items.flatMap((item) => prose(item, page, 2, 2))];
  });
}

/** The same without layout; `verbose` names the checks that were skipped. */
export function misses(
  report: Report,
  { verbose }: Pick<Page, 'verbose'>,
  whys: readonly Why[] = [...failures, 'excluded'],
): readonly { readonly heading: string; readonly items: readonly string[] }[] {
  const { unavailable, cluster, skipped } = report;
  // Why it does not answer stands at the head of the report.
  const named = (entry: Missing) =>
    entry.message === cluster?.unreachable ? { ...entry, message: 'what only kube-apiserver shows' } : entry;
  const of = (heading: string, kinds: readonly Why[]) => {
    const entries = unavailable.filter(({ why }) => kinds.includes(why) && whys.includes(why)).map(named);
    const messages = [...new Set(entries.map(({ message }) => message))];
    const items = messages.map((message) =>
      said(
        message,
        entries.filter((entry) => entry.message === message),
        skipped,
        verbose,
      ),
    );
    return items.length === 0 ? [] : [{ heading, items }];
  };
  return [...of('Could not check', failures), ...of('Not visible from here', ['excluded'])];
}

function said(message: string, entries: readonly Missing[], skipped: Report['skipped'], verbose: boolean): string {
  const names = entries.map(({ subject }) => subject?.name ?? '').filter((name) => name !== '' && !message.includes(name));
  const checks = [...new Set(entries.flatMap((entry) => entry.checks))];
  // A check is counted for each subject, as in the summary.
  const waits = ({ because }: Report['skipped'][number]) =>
    'fact' in because &&
    entries.some(({ fact, subject }) => fact === because.fact && (subject?.name ?? '') === (because.subject?.name ?? ''));
  const count = skipped.filter(waits).length;
  const waiting = count === 0 ? '' : verbose ? `not checked: ${list(checks)}` : `${plural(count, 'check')} skipped`;
  const notes = [list([...new Set(names)], { most: 5 }), waiting].filter((note) => note !== '');
  return notes.length === 0 ? message : `${message} (${notes.join('; ')})`;
}

/** Crashes of checks: bugs in aggctl. */
export const crashes = ({ crashed, aggctl }: Report, page: Page): string[] =>
  crashed.flatMap((one) => prose(`${page.paint.warning(page.symbols.warning)} ${crash(one, aggctl)}`, page, 0, 2));
export const crash = (one: Report['crashed'][number], aggctl: string): string =>
  `The check ${judged(one)} crashed: ${one.error}. All other checks ran. This is a bug in aggctl ${aggctl}: please report it with the output of \`-o json\`.`;

/** One line: the count of each kind, and the exit status. */
export function summary({ summary: sum }: Report, page: Page): string[] {
  const { paint, symbols } = page;
  const counts = [
    { count: sum.error, text: plural(sum.error, 'error'), brush: paint.error, always: true },
    { count: sum.warning, text: plural(sum.warning, 'warning'), brush: paint.warning, always: true },
    { count: sum.info, text: `${sum.info} info`, brush: paint.info, always: false },
    { count: sum.suppressed ?? 0, text: `${sum.suppressed} suppressed`, brush: paint.dim, always: false },
    { count: sum.passed, text: `${sum.passed} ok`, brush: paint.ok, always: true },
    { count: sum.skipped, text: `${sum.skipped} not checked`, brush: paint.dim, always: false },
    { count: sum.crashed, text: `${sum.crashed} crashed`, brush: paint.warning, always: false },
  ];
  const shown = counts.filter(({ count, always }) => always || count > 0).map(({ count, text, brush }) => (count > 0 ? brush(text) : text));
  return spread(shown, ` ${symbols.dot} `, `exit ${sum.exitStatus}`, page);
}
