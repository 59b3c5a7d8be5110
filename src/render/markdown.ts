/** A report as Markdown, for tickets and pull requests (github.github.com/gfm). What a value says is shown, and is no markup. */
import { moment, plural } from '../format.ts';
import type { ClusterReports, Finding, Missing, Report } from '../model.ts';
import { tableOf } from './clusters-table.ts';
import { visible } from './sanitize.ts';
import { claim } from './text/footer.ts';
import { placeText } from './text/place.ts';

/** Text of which what stands in backquotes is code. A value with a backquote of its own ends the code early, but is markup nowhere. */
const inline = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 0 ? plain(part) : part === '' ? '' : `\`${part}\``))
    .join('')
    // Two backquotes side by side would begin another kind of code.
    .replaceAll('``', '` `');
/** Neither emphasis, link, table nor HTML; at the beginning neither list nor rule. Code hosts link `@name` and `#1` even where they are escaped: a zero-width space parts them. */
const plain = (text: string): string =>
  text
    .replace(/[\\*_[\]<>#|~&$]/g, '\\$&')
    .replace(/@|#(?=\d)/g, '$&&#8203;')
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}&#46;`)
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)(?=[.)](?:\s|$))/, '$1\\');
const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;

function block(commands: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...(commands.join('\n').match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return commands.length === 0 ? [] : ['', `${fence}sh`, ...commands, fence];
}

function findingLines(finding: Finding, index: number): readonly string[] {
  const { id, severity, subject, message, others = [], at, evidence, fix, symptoms, effects, mayBeExplainedBy } = finding;
  return [
    '',
    `### ${index + 1}. ${code(id)} (${severity})${subject.name === '' ? '' : `: ${code(subject.name)}`}`,
    '',
    inline(message),
    '',
    ...(others.length === 0 ? [] : [`- also ${others.map(({ name }) => code(name)).join(', ')}`]),
    `- at ${code(placeText(at))}`,
    ...evidence.map((text) => `- evidence: ${inline(text)}`),
    ...symptoms.map((one) => `- causes ${code(one.id)}: ${inline(one.message)}`),
    ...effects.map((text) => `- effect: ${inline(text)}`),
    ...(mayBeExplainedBy.length === 0 ? [] : [`- possible causes, not proven: ${mayBeExplainedBy.map(code).join(', ')}`]),
    ...(fix.text === '' ? [] : ['', `**Fix:** ${inline(fix.text)}`]),
    ...block(fix.commands),
  ];
}

const suppressedLine = ({ id, subject, suppression }: Finding): string =>
  `- ${code(id)}${subject.name === '' ? '' : ` (${code(subject.name)})`}: ${inline(suppression?.reason ?? '')}`;

const missingLine = ({ message, subject, checks }: Missing): string =>
  `- ${inline(message)}${subject?.name ? ` (${code(subject.name)})` : ''}: ${checks.length} ${checks.length === 1 ? 'check' : 'checks'} skipped`;

/** Ends in a line feed. */
export function renderMarkdown(whole: Report): string {
  const shown = visible({ ...whole, passed: [], inapplicable: [] }, false);
  const { cluster, source, manifests, capturedAt, aggctl, summary, findings, suppressed, suppressions, unavailable, crashed, incomplete } =
    shown;
  const { error, warning, info } = summary;
  // Before the checks that passed are taken away.
  const claimed = visible(claim(whole), false);
  const counts = [plural(error, 'error'), plural(warning, 'warning'), ...(info > 0 ? [`${info} info`] : [])].join(', ');
  const about = [cluster?.name, cluster?.server, cluster?.version, cluster?.distribution].filter((one) => one != null);
  return [
    `## aggctl: ${counts}`,
    '',
    ...(about.length > 0 ? [about.map((one) => code(String(one))).join(' · '), ''] : []),
    `${source === 'live' ? 'Checked' : manifests ? `Manifests ${code(source)}, checked` : `From ${code(source)}, taken`} ${capturedAt ? moment(new Date(capturedAt)) : 'at an unknown time'} by aggctl ${inline(aggctl)}.`,
    ...(incomplete ? ['', inline(incomplete)] : []),
    ...(suppressed?.length ? ['', `Suppressed by ${code(suppressions ?? '')}:`, '', ...suppressed.map(suppressedLine)] : []),
    ...(cluster?.unreachable ? ['', `Cannot reach kube-apiserver: ${inline(cluster.unreachable)}`] : []),
    ...(claimed ? ['', inline(claimed.title ? `${claimed.title}: ${claimed.text}` : claimed.text)] : []),
    ...findings.flatMap(findingLines),
    ...(unavailable.length === 0 ? [] : ['', '### Not checked', '', ...unavailable.map(missingLine)]),
    ...(crashed.length === 0
      ? []
      : ['', '### Checks that crashed', '', ...crashed.map(({ id, error }) => `- ${code(id)}: ${inline(error)}`)]),
    '',
  ].join('\n');
}

/** A table of the clusters, then each report. */
export function renderClustersMarkdown({ clusters }: ClusterReports): string {
  const { columns, rows } = visible(tableOf(clusters), false);
  // Even in code a bar would end the cell.
  const cell = (text: string) => inline(text).replace(/(?<!\\)\|/g, '\\|');
  const cells = (row: readonly string[]) => `| ${row.map(cell).join(' | ')} |`;
  const table = [cells(columns), `|${' --- |'.repeat(columns.length)}`, ...rows.map(cells)];
  const reports = clusters.flatMap(({ report }) => (report ? ['', renderMarkdown(report).trimEnd()] : []));
  return [`# aggctl: ${plural(clusters.length, 'cluster')}`, '', ...table, ...reports, ''].join('\n');
}
