/** The formats of output: what each is, and how it shows the result of a command. What a format needs is loaded when it is asked for. */
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
  /** Only what is a list has it. */
  readonly list?: true;
}

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
  wide: { render: asText, text: true, list: true },
  // The names alone, as kubectl prints them.
  name: { render: async (result, style) => (await import('./as-text.ts')).renderNames(result, style), list: true },
} satisfies Readonly<Record<string, OutputFormat>>;

export type Format = keyof typeof formats;
/** `output` is the name that the user gave; without one it is text. */
export const formatOf = (output: string = 'text'): OutputFormat => formats[output as Format];
/** The names of the formats that every command has, and with `lists` of all. */
export const formatNames = ({ lists }: { readonly lists: boolean }): readonly string[] =>
  Object.keys(formats).filter((name) => lists || !formatOf(name).list);
