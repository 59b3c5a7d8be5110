/** Reports on several clusters as text: a table of the clusters, then each report. */
import { list, plural } from '../format.ts';
import type { ClusterReport, ClusterReports, ClusterVerdict } from '../model.ts';
import { inWords, tableOf } from './clusters-table.ts';
import { columnsOf, type Page, pageOf, prose, spread } from './layout.ts';
import { visible } from './sanitize.ts';
import type { Style } from './style.ts';
import { renderTable } from './table.ts';
import { renderText } from './text.ts';

/** `quiet` keeps the clusters that are not healthy: '' if all are. */
export function renderClusters({ clusters, exitStatus, ...rest }: ClusterReports, style: Style): string {
  const page = pageOf(style);
  const quiet = style.verbosity === 'quiet';
  const shown = quiet ? clusters.filter(({ verdict }) => verdict !== 'healthy') : clusters;
  if (shown.length === 0) return '';
  const reports = shown.flatMap(({ context, select, report }) => {
    const text = report === null ? '' : renderText(report, style);
    const entry = report?.findings.length ? entering(visible(select, style.ascii), page) : [];
    return text === '' ? [] : [[heading(context, page, style), '', ...entry, text].join('\n')];
  });
  const same = visible(sameClusters(clusters), style.ascii).flatMap((line) => prose(line, page, 0, 2));
  const table = renderTable({ ...rest, kind: 'Clusters', ...tableOf(shown), items: [] }, style);
  const notes = same.length === 0 || quiet ? [] : [`${same.join('\n')}\n`];
  return [table, ...notes, ...reports, ...(quiet ? [] : [`${summary(clusters, exitStatus, page).join('\n')}\n`])].join('\n');
}

/** Contexts of one server: their users may see different things. */
function sameClusters(clusters: readonly ClusterReport[]): readonly string[] {
  const byServer = new Map<string, string[]>();
  for (const { context, report } of clusters) {
    const server = report?.cluster?.server;
    if (server) byServer.set(server, [...(byServer.get(server) ?? []), context]);
  }
  return [...byServer].flatMap(([server, contexts]) => (contexts.length > 1 ? [`${list(contexts)} lead to one cluster, ${server}.`] : []));
}

/** A command in a report names no cluster: it would reach whichever kubectl uses at the moment. */
const entering = (commands: readonly string[], page: Page): string[] => [
  ...prose('Before the commands of this report, run:', page, 0),
  ...commands.map((one) => `    ${page.paint.strong(one)}`),
  '',
];

function heading(context: string, page: Page, { ascii }: Style): string {
  const name = visible(context, ascii);
  const { line } = page.symbols;
  const start = `${line}${line} ${page.paint.strong(name)} `;
  return `${start}${line.repeat(Math.max(2, page.width - columnsOf(`${line}${line} ${name} `)))}`;
}

const verdicts: readonly ClusterVerdict[] = ['errors', 'warnings', 'unreachable', 'not-checked', 'incomplete', 'suppressed', 'healthy'];
function summary(clusters: readonly ClusterReport[], exitStatus: number, page: Page): string[] {
  const counts = verdicts.flatMap((verdict) => {
    const count = clusters.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict === 'errors' || verdict === 'warnings' ? `with ${verdict}` : inWords(verdict)}`];
  });
  return spread([plural(clusters.length, 'context'), ...counts], ` ${page.symbols.dot} `, `exit ${exitStatus}`, page);
}
