/** Unit files and environment files of systemd → words of a command line, each with the line that it came from. Pure. */
import type { Place } from '../../../model.ts';
import type { Word } from '../read-manifest.ts';

/** A text that knows of each of its characters where it was read. */
export interface Traced {
  readonly text: string;
  readonly at: readonly Place[];
}
/** `key=value` of the section [Service]. */
export interface Setting {
  readonly key: string;
  readonly value: Traced;
}
type MakePlace = (line: number) => Place;

const traced = (text: string, place: Place): Traced => ({ text, at: Array.from(text, () => place) });
const slice = ({ text, at }: Traced, from: number, to?: number): Traced => ({ text: text.slice(from, to), at: at.slice(from, to) });
const joined = (parts: readonly Traced[]): Traced => ({ text: parts.map(({ text }) => text).join(''), at: parts.flatMap(({ at }) => at) });

/**
 * The settings of a unit file or drop-in, as systemd.syntax(7) has it: a backslash at the end of a line stands for a blank, and lines that begin
 * with `#` or `;` are comments, also in the midst of a continued one.
 */
export function readUnit(text: string, place: MakePlace): readonly Setting[] {
  const settings: Setting[] = [];
  let section = '';
  let begun: Traced[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*[#;]/.test(line)) continue;
    const goesOn = line.endsWith('\\');
    begun.push(traced(goesOn ? `${line.slice(0, -1)} ` : line, place(index + 1)));
    if (goesOn) continue;
    const whole = joined(begun);
    begun = [];
    section = /^\s*\[(.*)\]\s*$/.exec(whole.text)?.[1] ?? section;
    const [head, key] = /^\s*([A-Za-z]+)\s*=\s*/.exec(whole.text) ?? [];
    if (section === 'Service' && head && key) settings.push({ key, value: slice(whole, head.length, whole.text.trimEnd().length) });
  }
  return settings;
}

/** The values of a key that may be given several times; an empty one takes back all before it. */
export function valuesOf(settings: readonly Setting[], key: string): readonly Traced[] {
  const values = settings.filter((one) => one.key === key).map(({ value }) => value);
  return values.slice(values.findLastIndex(({ text }) => text === '') + 1);
}

/** Splits at blanks outside quotes, and takes quotes and backslashes away (systemd, src/basic/extract-word.c, v257). */
export function split({ text, at }: Traced): readonly Traced[] {
  const words: { text: string; at: Place[] }[] = [];
  let word: { text: string; at: Place[] } | null = null;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (quote === '' && /\s/.test(character)) {
      word = null;
      continue;
    }
    if (word === null) {
      word = { text: '', at: [] };
      words.push(word);
    }
    if (character === quote) quote = '';
    else if (quote === '' && /["']/.test(character)) quote = character;
    else {
      if (character === '\\' && i + 1 < text.length) i++;
      word.text += text.charAt(i);
      word.at.push(at[i] as Place);
    }
  }
  return words;
}

export type Environment = ReadonlyMap<string, Traced>;

/** The assignments of `Environment=`. */
export const assignments = (value: Traced): Environment =>
  new Map(
    split(value).flatMap((word) => {
      const equals = word.text.indexOf('=');
      return equals > 0 ? [[word.text.slice(0, equals), slice(word, equals + 1)] as const] : [];
    }),
  );

/** An EnvironmentFile: `NAME=value` lines; a value in quotes may span several, and a backslash joins lines (systemd, src/basic/env-file.c, v257). */
export function readEnvironment(text: string, place: MakePlace): Environment {
  const pattern = /^[ \t]*([A-Za-z_]\w*)=((?:"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\n"'\\])*)/gm;
  const variables = new Map<string, Traced>();
  for (const { 0: whole, 1: name = '', 2: value = '', index } of text.matchAll(pattern)) {
    variables.set(name, valueAt(value, text.slice(0, index + whole.length - value.length).split('\n').length, place));
  }
  return variables;
}

/** The value of an assignment that begins in this line, without its quotes; quotes keep blanks and new lines. */
function valueAt(raw: string, firstLine: number, place: MakePlace): Traced {
  const characters: Traced[] = [];
  let line = firstLine;
  let quote = '';
  for (let i = 0; i < raw.length; i++) {
    let character = raw.charAt(i);
    if (character === '\\' && quote !== "'") character = raw.charAt(++i);
    else if (character === quote || (quote === '' && /["']/.test(character))) {
      quote = quote === '' ? character : '';
      continue;
    }
    const joins = character === '\n' && raw.charAt(i - 1) === '\\';
    if (!joins) characters.push(traced(character, place(line)));
    if (character === '\n') line++;
  }
  const value = joined(characters);
  return slice(value, 0, /["']\s*$/.test(raw) ? undefined : value.text.trimEnd().length);
}

/** `$NAME` as a word of its own becomes the words of its value, `${NAME}` within a word its value, `$$` a dollar sign (systemd.service(5)). */
export function expand(words: readonly Traced[], variables: Environment): readonly Traced[] {
  const nothing: Traced = { text: '', at: [] };
  return words.flatMap((word) => {
    const bare = /^\$([A-Za-z_]\w*)$/.exec(word.text)?.[1];
    if (bare !== undefined) return split(variables.get(bare) ?? nothing);
    const parts: Traced[] = [];
    let done = 0;
    for (const match of word.text.matchAll(/\$\$|\$\{(\w+)\}/g)) {
      const end = match.index + match[0].length;
      parts.push(
        slice(word, done, match.index),
        match[1] === undefined ? slice(word, match.index, match.index + 1) : inPlaceOf(match[1], word, match.index),
      );
      done = end;
    }
    return [joined([...parts, slice(word, done)])];
  });

  function inPlaceOf(name: string, word: Traced, index: number): Traced {
    const value = variables.get(name) ?? nothing;
    // A flag whose value alone comes from elsewhere still stands where its name does.
    return index === 0 ? value : traced(value.text, word.at[0] as Place);
  }
}

export const wordOf = ({ text, at }: Traced, otherwise: Place): Word => ({ text, at: at[0] ?? otherwise });
/** The words of what a service starts. */
export const commandOf = (settings: readonly Setting[], otherwise: Place): readonly Word[] =>
  valuesOf(settings, 'ExecStart')
    .flatMap(split)
    .map((word) => wordOf(word, otherwise));

export type Options = ReadonlyMap<string, readonly Word[]>;
/** The options of a command like `k3s server …`: `--name=value` and `--name value`. */
export function optionsOf(command: readonly Word[]): Options {
  const options = new Map<string, Word[]>();
  for (const [index, word] of command.entries()) {
    const [, name, value] = /^--?([a-z][\w-]*)(?:=([\s\S]*))?$/.exec(word.text) ?? [];
    const text = value ?? command[index + 1]?.text;
    if (name !== undefined && text !== undefined) options.set(name, [...(options.get(name) ?? []), { text, at: word.at }]);
  }
  return options;
}
