/** What is well, what could not be seen, what went wrong in aggctl itself, and the sum. */

import { list, plural } from '../../format.ts';
import type { Blocker, Missing, Report } from '../../model.ts';
import { type Page, prose, spread } from '../layout.ts';
import { judged } from './place.ts';

type Why = Missing['why'];
const failures: readonly Why[] = ['denied', 'unreachable', 'malformed'];

/** Without a finding: how well all is, and no better than was seen. */
export function health(report: Report, page: Page): string[] {
  if (report.findings.length > 0) return [];
  const { paint, symbols } = page;
  const { passed, crashed } = report.summary;
  const misses = (whys: readonly Why[]) => report.unavailable.some(({ why }) => whys.includes(why));
  if (report.apiservices?.every(({ state }) => state === 'local')) return localHealth(report.apiservices.length, page);
  if (passed === 0) return prose(`${symbols.none} Nothing could be judged, so this says nothing about the cluster.`, page, 0, 2);
  if (crashed > 0 || misses(failures)) return prose(`${symbols.none} No problem found in what could be looked at.`, page, 0, 2);
  const { total, serving, failing } = servers(report);
  if (failing > 0) {
    const rest = `${failing} of ${plural(total, 'extension server')} did not answer`;
    const text = `No problem found, though ${rest}. If something has just changed, run this again in a minute.`;
    return prose(`${symbols.none} ${text}`, page, 0, 2);
  }
  const narrowed = misses(['excluded']);
  const all = total === 1 ? 'the extension server answers and ' : `${total === 2 ? 'both' : `all ${total}`} extension servers answer and `;
  const answers = total > 0 && serving === total ? all : '';
  const checks = report.apiservices ? `every check that concerns ${report.apiservices.length === 1 ? 'it' : 'them'}` : 'every check';
  const every = report.chosen ? 'every check that was chosen' : checks;
  const claim = `Healthy${narrowed ? ', as far as this place shows' : ''}: ${answers}${every}${narrowed ? (report.chosen || report.apiservices ? ' and that can be made here' : ' that can be made here') : ''} passed.`;
  return prose(`${paint.ok(symbols.ok)} ${claim}`, page, 0, 2);
}

/** The extension servers that the report is about: all, or those of the APIServices that were asked for. */
function servers({ apiservices, trust }: Report) {
  if (!apiservices) return trust?.extensionServers ?? { total: 0, serving: 0, failing: 0 };
  const count = (...states: readonly string[]) =>
    new Set(apiservices.filter(({ state }) => states.includes(state)).map(({ servedBy }) => servedBy)).size;
  return { total: count('serves', 'fails', 'in-transition'), serving: count('serves'), failing: count('fails', 'in-transition') };
}

/** None asked for (`--unavailable`), or none that a Service serves. */
function localHealth(count: number, { paint, symbols, ...page }: Page): string[] {
  const text = count === 0 ? 'No APIService is unavailable.' : 'Nothing to judge: the aggregation layer has no part in it.';
  return prose(`${count === 0 ? paint.ok(symbols.ok) : symbols.none} ${text}`, { paint, symbols, ...page }, 0, 2);
}

/** Under -v: health, stated check by check, then what was not judged and why. */
export function passes(report: Report, page: Page): string[] {
  const { paint, symbols } = page;
  const titles = [...new Set(report.passed.map(({ title }) => title))].map((title) => {
    const names = report.passed.filter((one) => one.title === title && one.subject.name !== '').map(({ subject }) => subject.name);
    return `${paint.ok(symbols.ok)} ${title}${names.length === 0 ? '' : ` (${list(names)})`}`;
  });
  const skips = report.skipped.map((one) => `${symbols.none} ${judged(one)}: not judged, ${reason(one.because)}`);
  const idle = report.inapplicable.map((one) => `${symbols.none} ${judged(one)}: does not arise here`);
  return [...titles, ...skips, ...idle].flatMap((line) => prose(line, page, 0, 2));
}
const reason = (because: Blocker): string =>
  'check' in because ? `it follows ${judged({ id: because.check, subject: because.subject })}` : `${because.fact} is not known`;

/** What could not be seen, each reason once: first what failed, then what this place never shows. */
export function unseen({ unavailable, findings }: Report, page: Page, whys: readonly Why[] = [...failures, 'excluded']): string[] {
  const of = (heading: string, kinds: readonly Why[]) => {
    // What a finding says already, such as expired credentials, is not said again.
    const told = (message: string) => findings.some((finding) => finding.message.endsWith(message.slice(1)));
    const entries = unavailable.filter(({ why, message }) => kinds.includes(why) && whys.includes(why) && !told(message));
    const messages = [...new Set(entries.map(({ message }) => message))];
    const items = messages.map((message) =>
      said(
        message,
        entries.filter((entry) => entry.message === message),
        page,
      ),
    );
    const [only] = items;
    if (only === undefined) return [];
    if (items.length === 1) return prose(`${page.symbols.none} ${heading}: ${only}`, page, 0, 2);
    return [`${page.symbols.none} ${heading}:`, ...items.flatMap((item) => prose(item, page, 2, 2))];
  };
  return [...of('Could not look', failures), ...of('Not visible from here', ['excluded'])];
}

function said(message: string, entries: readonly Missing[], page: Page): string {
  const names = entries.map(({ subject }) => subject?.name ?? '').filter((name) => name !== '' && !message.includes(name));
  const checks = [...new Set(entries.flatMap((entry) => entry.checks))];
  const waiting = checks.length === 0 ? '' : page.verbose ? `not judged: ${list(checks)}` : `${plural(checks.length, 'check')} not judged`;
  const notes = [list([...new Set(names)], { most: 5 }), waiting].filter((note) => note !== '');
  return notes.length === 0 ? message : `${message} (${notes.join('; ')})`;
}

/** A crash is aggctl's own fault and says so. */
export const crashes = ({ crashed, aggctl }: Report, page: Page): string[] =>
  crashed.flatMap((one) => {
    const text = `aggctl ${aggctl} itself failed in ${judged(one)}: ${one.error}. All else was judged. Please report this as a fault of aggctl, with the output of \`-o json\`.`;
    return prose(`${page.paint.warning(page.symbols.warning)} ${text}`, page, 0, 2);
  });

/** One line: how many of each, and the exit status. */
export function summary({ summary: sum }: Report, page: Page): string[] {
  const { paint, symbols } = page;
  const counts = [
    { count: sum.error, text: plural(sum.error, 'error'), brush: paint.error, always: true },
    { count: sum.warning, text: plural(sum.warning, 'warning'), brush: paint.warning, always: true },
    { count: sum.info, text: `${sum.info} info`, brush: paint.info, always: false },
    { count: sum.passed, text: `${sum.passed} ok`, brush: paint.ok, always: true },
    { count: sum.skipped, text: `${sum.skipped} not judged`, brush: paint.dim, always: false },
    { count: sum.crashed, text: `${sum.crashed} crashed`, brush: paint.warning, always: false },
  ];
  const shown = counts.filter(({ count, always }) => always || count > 0).map(({ count, text, brush }) => (count > 0 ? brush(text) : text));
  return spread(shown, ` ${symbols.dot} `, `exit ${sum.exitStatus}`, page);
}
