/** The words of kube-apiserver's command line, judged as pflag v1.0.9 and cobra v1.10 do before kube-apiserver runs. Pure. */
import { meantByCsv, readCsv, writeCsv } from '../../csv.ts';
import { type CommandLine, type Located, type Place, typeOf } from '../../model.ts';
import { goQuote } from '../../x509/go-quote.ts';

import { knownFlags } from './known-flags.ts';

type Fault = NonNullable<CommandLine['fault']>;
type Advice = Fault['advice'];
type Said = Pick<Fault, 'is' | 'text' | 'flag' | 'advice' | 'knownIn'>;

/** Flags by their name: whether each takes a value, and the minors that know it. */
const table = new Map<string, { readonly takesValue: boolean; readonly minors: readonly number[] }>();
for (const [minors, flags] of Object.entries(knownFlags)) {
  for (const flag of flags.trim().split(/\s+/)) {
    const name = flag.replace('=', '');
    const earlier = table.get(name)?.minors ?? [];
    table.set(name, { takesValue: flag.endsWith('='), minors: [...earlier, ...minors.split(' ').map(Number)].sort((a, b) => a - b) });
  }
}
const minorsOfTable = new Set([...table.values()].flatMap(({ minors }) => minors));

interface Input {
  readonly words: readonly { readonly text: string; readonly at: Place }[];
  readonly environment: CommandLine['environment'];
  readonly image: string;
}
/** Parses in pflag's order, up to the first word that it refuses; words that are no flags are refused last. */
export function readCommandLine({ words, environment, image }: Input): CommandLine {
  const minor = minorOf(image);
  const values = new Map<string, Located<string>[]>();
  const strays: Located<string>[] = [];
  let fault: Fault | null = null;
  for (let i = 0; i < words.length && !fault; i++) {
    const { text, at } = words[i] as (typeof words)[number];
    if (text === '--') {
      strays.push(...words.slice(i + 1).map((word) => ({ value: word.text, at: word.at })));
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      strays.push({ value: text, at });
      continue;
    }
    const read = text.startsWith('--') ? long(text, words[i + 1]?.text, minor) : short(text, words[i + 1]?.text);
    if ('said' in read) fault = { ...read.said, at, word: text };
    else {
      values.set(read.name, [...(values.get(read.name) ?? []), { value: read.value, at }]);
      if (read.tookNext) i++;
    }
  }
  const repeated = [...values].filter(([, all]) => all.length > 1).map(([name, all]) => ({ name, values: all }));
  return {
    words: words.map(({ text, at }) => ({ value: text, at })),
    environment: Object.fromEntries(Object.entries(environment).filter(([name]) => /_proxy$/i.test(name))),
    minor,
    fault: fault ?? strayFault(strays),
    repeated,
  };
}

/** The minor of an image that Kubernetes built itself: its tag is a plain version. */
const minorOf = (image: string): number | null => {
  const minor = /:v1\.(\d+)\.\d+(?:@sha256:\w+)?$/.exec(image)?.[1];
  return minor && minorsOfTable.has(Number(minor)) ? Number(minor) : null;
};

type Read = { readonly name: string; readonly value: string; readonly tookNext: boolean } | { readonly said: Said };
const syntax = (text: string, advice: Advice): { readonly said: Said } => ({ said: { is: 'syntax', text, advice } });

function long(text: string, next: string | undefined, minor: number | null): Read {
  const [, written = '', given] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
  if (written === '' || written.startsWith('-'))
    return syntax(`bad flag syntax: ${text}`, { is: 'write', words: `--${written.replace(/^-+/, '')}` });
  const name = written.replaceAll('_', '-');
  const known = table.get(name);
  if (!known && !/^[a-z0-9-]+$/.test(name)) return syntax(`unknown flag: --${written}`, corrected(name, given));
  if (!known?.minors.includes(minor ?? -1) && minor !== null) return { said: unknown(name, known?.minors ?? []) };
  const takesNext = next !== undefined && (known ? known.takesValue : !next.startsWith('-'));
  const value = given ?? (takesNext ? next : undefined);
  const csv = value !== undefined && typeOf(name) === 'list' ? readCsv(value).fault : null;
  if (csv && value !== undefined)
    return syntax(`invalid argument ${goQuote(value)} for "--${name}" flag: ${csv}`, {
      is: 'write',
      words: `--${name}=${writeCsv(meantByCsv(value))}`,
    });
  if (given !== undefined) {
    if (known && !known.takesValue && name !== 'version' && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(given)) {
      const parse = `strconv.ParseBool: parsing ${goQuote(given)}: invalid syntax`;
      return syntax(`invalid argument ${goQuote(given)} for "--${name}" flag: ${parse}`, { is: 'set-switch', name });
    }
    return { name, value: given, tookNext: false };
  }
  if (known?.takesValue && next === undefined) return syntax(`flag needs an argument: --${written}`, { is: 'give-value', name });
  return takesNext ? { name, value: next, tookNext: true } : { name, value: 'true', tookNext: false };
}

/** kube-apiserver has two flags of one letter: -v and -h. */
function short(text: string, next: string | undefined): Read {
  const letter = [...text][1] ?? '';
  if (letter === 'h') return { name: 'help', value: 'true', tookNext: false };
  if (letter !== 'v') return syntax(`unknown shorthand flag: '${letter}' in ${text}`, { is: 'write', words: `-${text}` });
  if (text.length > 2) return { name: 'v', value: text.slice(2).replace(/^=/, ''), tookNext: false };
  return next === undefined
    ? syntax("flag needs an argument: 'v' in -v", { is: 'write', words: '--v=2' })
    : { name: 'v', value: next, tookNext: true };
}

const corrected = (name: string, given: string | undefined): Advice => {
  const [, flag = '', value] = /^(\S*)\s+([\s\S]*)$/.exec(name) ?? [];
  if (value === '') return { is: 'write-without-space', name: flag };
  if (value) return { is: 'write', words: `--${flag}=${value}` };
  const lower = name.toLowerCase();
  return table.has(lower) ? { is: 'write', words: `--${lower}${given === undefined ? '' : `=${given}`}` } : { is: 'remove' };
};

/** A flag of nearly this name. */
const nearest = (name: string): string | undefined =>
  [...table.keys()].find(
    (one) => one === name.replace(/e?s$/, '') || one === `${name}s` || one.replaceAll('-', '') === name.replaceAll('-', ''),
  );

/** A word as it was meant, where pflag refuses it: what else is wrong behind that fault shows at once. */
export function meant<W extends { readonly text: string }>(word: W): W {
  const dashed = word.text.replace(/^\s*[\u2010-\u2015\u2212]+\s*(?=[a-z])|^-(?=[a-z]{2})/, '--').replace(/^(--[\w-]+)\s+(?=\S)/, '$1=');
  const [, written = '', rest = ''] = /^--([\w-]+)([\s\S]*)$/.exec(dashed) ?? [];
  if (written === '') return word;
  const name = written.toLowerCase().replaceAll('_', '-');
  return { ...word, text: `--${table.has(name) ? name : (nearest(name) ?? name)}${rest}` };
}

function unknown(name: string, minors: readonly number[]): Said {
  const near = nearest(name);
  const advice: Advice = minors.length > 0 || !near ? { is: 'remove', words: `--${name}` } : { is: 'write', words: `--${near}` };
  return { is: 'unknown flag', text: `unknown flag: --${name}`, flag: `--${name}`, advice, knownIn: minors };
}

/** cobra refuses every word that is no flag, unless all of them are empty. A dash of typography is no dash. */
function strayFault(strays: readonly Located<string>[]): Fault | null {
  const first = strays.find(({ value }) => value !== '');
  if (!first) return null;
  const dash = /^\s*[\u2010-\u2015\u2212]+\s*(?=[a-z])/.exec(first.value)?.[0];
  const advice: Advice = dash
    ? { is: 'write-dashes', words: `--${first.value.slice(dash.length)}` }
    : { is: /^(true|false)$/.test(first.value) ? 'join-switch' : 'join-or-remove', words: first.value };
  const got = strays.map(({ value }) => goQuote(value)).join(' ');
  return { is: 'syntax', text: `"kube-apiserver" does not take any arguments, got [${got}]`, at: first.at, word: first.value, advice };
}
