/** `.aggctl.yaml`, or the file that `--suppressions` names → its entries, each with its line. */
import { checks } from '../checks/index.ts';
import { isObject } from '../decode.ts';
import { matchesGlob } from '../glob.ts';
import { ownChecks } from '../lint/index.ts';
import { readLocalFile, readTrustedFile } from '../local-file.ts';
import type { Event, Suppression, SuppressionFile } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { readYaml } from '../yaml.ts';
import { unknownCheck } from './checks.ts';
import { similar } from './similar.ts';

/** Read from the working directory where no file is named. */
const ownFile = '.aggctl.yaml';

export interface SuppressionOptions {
  /** The file; undefined: that of the working directory, if there is one. */
  readonly suppressions?: string;
  readonly demo?: string | true;
}

/**
 * undefined: there is no file. A file that nobody named is read only if its owner could change what aggctl does anyway: in a directory that
 * all may write, such as /tmp, another user could hide problems by it. Throws a UsageError with the line for what is no entry.
 */
export async function* suppressionsIn({ suppressions, demo }: SuppressionOptions): AsyncGenerator<Event, SuppressionFile | undefined> {
  if (suppressions !== undefined) {
    const content = await readLocalFile(suppressions).catch(refused(suppressions));
    return { file: suppressions, entries: entriesIn(content.toString('utf8'), suppressions) };
  }
  // A demo shows somebody else's cluster.
  if (demo !== undefined) return undefined;
  const found = await readTrustedFile(ownFile).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? null : refused(ownFile)(error),
  );
  if (found === null) return undefined;
  if (found === 'of another user') {
    yield {
      kind: 'warning',
      message: `${ownFile} belongs to another user, so it suppresses nothing; to apply it, add --suppressions ${ownFile}`,
    };
    return undefined;
  }
  return { file: ownFile, entries: entriesIn(found.toString('utf8'), ownFile) };
}

const refused =
  (file: string) =>
  ({ message }: Error): never => {
    throw new UsageError(`cannot read the suppressions in ${file}: ${message}`);
  };

const fields = ['check', 'subject', 'reason', 'until'] as const;

/** The entries of a file. Throws a UsageError that begins with `FILE:LINE`. */
function entriesIn(text: string, file: string): readonly Suppression[] {
  const fail = (line: number, problem: string | ((self: string) => string)): never => {
    throw new UsageError((self) => `${file}:${line}: ${typeof problem === 'string' ? problem : problem(self)}`);
  };
  const read = readYaml(text);
  if (!read.ok) return fail(read.line, `cannot be read as YAML: ${read.problem}`);
  const { value: root, lineOf } = read;
  if (root === null) return [];
  if (!isObject(root)) return fail(lineOf([]), 'a file of suppressions is a mapping with the field suppressions');
  const other = Object.keys(root).find((key) => key !== 'suppressions');
  if (other !== undefined) return fail(lineOf([other]), unknownField(other, ['suppressions']));
  const all = root.suppressions ?? [];
  if (!Array.isArray(all)) return fail(lineOf(['suppressions']), 'suppressions is a list of entries, each with check and reason');
  return all.map((entry: unknown, index): Suppression => {
    const at = (field?: string) => lineOf(['suppressions', index, ...(field === undefined ? [] : [field])]);
    if (!isObject(entry)) return fail(at(), 'an entry is a mapping with check and reason');
    const stray = Object.keys(entry).find((key) => !(fields as readonly string[]).includes(key));
    if (stray !== undefined) return fail(at(stray), unknownField(stray, fields));
    const textOf = (field: (typeof fields)[number]): string | null => {
      const value = entry[field] ?? null;
      if (value === null) return null;
      return typeof value === 'string' && value.trim() !== '' ? value : fail(at(field), `${field} must be a text that is not empty`);
    };
    const check =
      textOf('check') ?? fail(at(), (self) => `the entry has no check: name one, as ${self} checks lists them; * stands for any part`);
    const reason = textOf('reason') ?? fail(at(), 'the entry has no reason: say why this problem is accepted');
    if (![...checks, ...ownChecks].some(({ id }) => matchesGlob(check, id))) fail(at('check'), unknownCheck(check));
    const until = textOf('until');
    if (until !== null && !isDay(until)) fail(at('until'), `until must be a day such as 2027-03-01, not '${until}'`);
    return { check, subject: textOf('subject'), reason, until, at: { file, line: at() } };
  });
}

const isDay = (text: string): boolean => {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // A day that does not exist, such as 30 February, comes back as another one.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const unknownField = (name: string, known: readonly string[]): string => {
  const near = similar(name, known);
  return `unknown field '${name}' (${near.length > 0 ? `did you mean ${near[0]}?` : `known are ${known.join(', ')}`})`;
};
