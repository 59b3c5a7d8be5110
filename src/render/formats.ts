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
  /** Only what is a list, a report or the list of certificates has it; a format without this is for all. */
  readonly of?: readonly Shown[];
}
export type Shown = 'list' | 'report' | 'certificates';

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
  wide: { render: asText, text: true, of: ['list'] },
  // The names alone, as kubectl prints them.
  name: { render: async (result, style) => (await import('./as-text.ts')).renderNames(result, style), of: ['list'] },
  // For tickets, the reporters of CI systems, code scanning and monitoring.
  markdown: { render: async (result) => (await import('./markdown.ts')).renderMarkdown(result as Report), document: true, of: ['report'] },
  // For people who were not there: one file, to be forwarded and printed.
  html: {
    render: async (result) => (await import('./html/index.ts')).renderHtml(result as Report),
    document: true,
    drawn: true,
    of: ['report'],
  },
  junit: { render: async (result) => (await import('./junit.ts')).renderJunit(result as Report), document: true, of: ['report'] },
  sarif: {
    render: async (result) => {
      const [{ renderSarif }, { checks }] = await Promise.all([import('./sarif.ts'), import('../checks/index.ts')]);
      return renderSarif(result as Report, checks);
    },
    document: true,
    of: ['report'],
  },
  prometheus: {
    render: async (result) => {
      const { renderCertificateMetrics, renderReportMetrics } = await import('./prometheus.ts');
      return 'items' in result ? renderCertificateMetrics(result) : renderReportMetrics(result as Report);
    },
    document: true,
    of: ['report', 'certificates'],
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
  const is = 'rows' in result ? (result.kind === 'Certificates' ? 'certificates' : 'list') : 'findings' in result ? 'report' : 'list';
  return of.includes('list') || of.includes(is);
}
