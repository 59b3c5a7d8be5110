/** The options that say how a result is shown, and where. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatNames, type Shown } from './render/formats.ts';

/** One `-o`: a format for stdout, or for a file. */
interface Output {
  readonly format: string;
  readonly file: string | null;
}
export interface OutputFile extends Output {
  readonly file: string;
}

export const output = (to: Command) => formatted(to);
export const tabular = (to: Command) => formatted(to, 'table');
/** For a command that also prints lists, and reports. */
export const listing = (to: Command) => formatted(to, 'list', 'report');
/** For a command that prints a report, or one of each cluster. */
export const diagnoses = (to: Command) => formatted(to, 'report', 'clusters');
export const reporting = (to: Command) => formatted(to, 'report');
export const certificates = (to: Command) => formatted(to, 'table', 'certificates');
function formatted(to: Command, ...shown: readonly Shown[]): Command {
  const names = formatNames(...shown);
  const format = new Option('-o, --output <format>', 'output format (default: text); FORMAT=FILE also writes a file (repeatable)')
    .choices(names)
    .argParser((value: string, earlier: readonly Output[] = []): readonly Output[] => {
      const [, name = value, file = null] = /^(\w+)=(.*)$/s.exec(value) ?? [];
      if (!names.includes(name)) throw new InvalidArgumentError(`Allowed choices are ${names.join(', ')}.`);
      if (file === '') throw new InvalidArgumentError('The name of the file is empty.');
      return [...earlier, { format: name, file }];
    });
  return to
    .optionsGroup('Output:')
    .addOption(format)
    .option('--ascii', 'use ASCII characters only')
    .addOption(new Option('--color <when>', 'use color').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-color', 'disable color');
}

/** `-o` as it was given → the format of stdout, and what else is written. undefined: more than one is for stdout, which is wrong usage. */
export function outputsOf(given: readonly Output[] = []): { readonly output: string; readonly files: readonly OutputFile[] } | undefined {
  const [output = 'text', ...more] = given.flatMap(({ format, file }) => (file === null ? [format] : []));
  const files = given.flatMap(({ format, file }) => (file === null ? [] : [{ format, file }]));
  return more.length > 0 ? undefined : { output, files };
}

/** For a command that shows a diagnosis. */
export const verbosity = (to: Command) =>
  to.option('-v, --verbose', 'also show what is healthy').option('-q, --quiet', 'show problems only');

export const tables = (to: Command) => to.option('--no-headers', 'omit the header line');

/** `columns`: every heading that the table of the command may have, in lower case and with dashes. */
export const sorting =
  (...columns: readonly string[]) =>
  (to: Command): Command =>
    to.addOption(
      new Option('--sort-by <column>', 'sort the list by a column').choices(columns).argParser((value: string): string => {
        const name = value.toLowerCase().replaceAll(' ', '-');
        if (!columns.includes(name)) throw new InvalidArgumentError(`The columns are ${columns.join(', ')}.`);
        return name;
      }),
    );
