/** The formats of output: what each is, and how it shows the result of a command. What a format needs is loaded when it is asked for. */
import type { Report } from '../model.ts';
import type { Result } from './json.ts';
import type { Style } from './style.ts';

export interface OutputFormat {
  /** The result as the whole text of the output: '' or ending in a line feed. Only text heeds the style. */
  readonly render: (result: Result, style: Style) => Promise<string>;
  /** One document, which is complete when the command ends. */
  readonly document?: true;
  /** A line for each event, and one for the result. */
  readonly lines?: true;
  /** For people: the events go to stderr, the steps are told. */
  readonly text?: true;
  /** It draws what a report shows only then: `drawings`. */
  readonly drawn?: true;
  /** Only what is a table, a list of named objects, a report, reports on several clusters or the list of certificates has it; a format without this is for all. */
  readonly of?: readonly Shown[];
}
export type Shown = 'table' | 'list' | 'report' | 'clusters' | 'certificates';

const asText: OutputFormat['render'] = async (result, style) => (await import('./as-text.ts')).renderAsText(result, style);

export const formats = {
  text: { render: asText, text: true },
  json: { render: async (result) => (await import('./json.ts')).renderJson(result), document: true },
  yaml: { render: async (result) => (await import('./yaml.ts')).renderYaml(result), document: true },
  jsonl: {
    render: async (result) => {
      const { dataOf, renderJsonLine } = await import('./json.ts');
      return renderJsonLine(dataOf(result));
    },
    lines: true,
  },
  // More columns, as kubectl has them.
  wide: { render: async (result, style) => asText(result, { ...style, wide: true }), text: true, of: ['table', 'list'] },
  // The names alone, as kubectl prints them.
  name: { render: async (result, style) => (await import('./as-text.ts')).renderNames(result, style), of: ['list'] },
  // For people who were not there: one file, to be forwarded and printed.
  html: {
    render: async (result) => (await import('./html/index.ts')).renderHtml(result as Report),
    document: true,
    drawn: true,
    of: ['report'],
  },
  // For tickets, the reporters of CI systems, code scanning and monitoring.
  markdown: {
    render: async (result) => {
      const { renderClustersMarkdown, renderMarkdown } = await import('./markdown.ts');
      return 'clusters' in result ? renderClustersMarkdown(result) : renderMarkdown(result as Report);
    },
    document: true,
    of: ['report', 'clusters'],
  },
  junit: {
    render: async (result) => {
      const { renderClustersJunit, renderJunit } = await import('./junit.ts');
      return 'clusters' in result ? renderClustersJunit(result) : renderJunit(result as Report);
    },
    document: true,
    of: ['report', 'clusters'],
  },
  sarif: {
    render: async (result) => {
      const [{ renderClustersSarif, renderSarif }, { checks }, { ownChecks }, { suppressionRules }] = await Promise.all([
        import('./sarif.ts'),
        import('../checks/index.ts'),
        import('../lint/index.ts'),
        import('../run/suppression-remarks.ts'),
      ]);
      const rules = [...checks, ...ownChecks, ...suppressionRules];
      return 'clusters' in result ? renderClustersSarif(result, rules, process.cwd()) : renderSarif(result as Report, rules, process.cwd());
    },
    document: true,
    of: ['report', 'clusters'],
  },
  prometheus: {
    render: async (result) => {
      const { renderCertificateMetrics, renderClusterMetrics, renderReportMetrics } = await import('./prometheus.ts');
      if ('items' in result) return renderCertificateMetrics(result);
      return 'clusters' in result ? renderClusterMetrics(result) : renderReportMetrics(result as Report);
    },
    document: true,
    of: ['report', 'clusters', 'certificates'],
  },
} satisfies Readonly<Record<string, OutputFormat>>;

export type Format = keyof typeof formats;
/** `output` is the name that the user gave; without one it is text. */
export const formatOf = (output: string = 'text'): OutputFormat => formats[output as Format];
/** The names of the formats that every command has, and of those that what it shows has beside. */
export const formatNames = (...shown: readonly Shown[]): readonly string[] =>
  Object.keys(formats).filter((name) => formatOf(name).of?.some((one) => shown.includes(one)) ?? true);
/** Whether the format can show this result. A list of names is told of anything. */
export function suits(format: string, result: Result): boolean {
  const { of = ['list'] } = formatOf(format);
  const is = (): Shown => {
    if ('rows' in result) return result.kind === 'Certificates' ? 'certificates' : 'list';
    if ('clusters' in result) return 'clusters';
    return 'findings' in result ? 'report' : 'list';
  };
  return of.includes('list') || of.includes(is());
}
