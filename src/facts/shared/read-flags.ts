/** A command line → the effective flags, as kube-apiserver's flag library takes it. Pure. */
import { type Flag, type Place, typeOf } from '../../model.ts';
import type { Word } from './read-manifest.ts';

/**
 * The flags by name. Mirrors github.com/spf13/pflag v1.0.9 with component-base's WordSepNormalizeFunc (`_` is `-`): the last value of a
 * string or switch holds, the values of a list add up, a switch takes its value only after `=`, everything after `--` is no flag.
 */
export function readFlags(words: readonly Word[]): Readonly<Record<string, Flag>> {
  const byName: Record<string, Flag> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as Word;
    if (word.text === '--') break;
    if (!word.text.startsWith('--')) continue;
    const equals = word.text.indexOf('=');
    const name = (equals < 0 ? word.text.slice(2) : word.text.slice(2, equals)).replaceAll('_', '-');
    let value = equals < 0 ? undefined : word.text.slice(equals + 1);
    const next = words[i + 1];
    if (value === undefined && typeOf(name) !== 'bool' && next && (typeOf(name) !== null || !next.text.startsWith('-'))) {
      value = next.text;
      i++;
    }
    byName[name] = flagOf(name, value ?? 'true', word.at, byName[name]);
  }
  return byName;
}

function flagOf(name: string, value: string, at: Place, earlier?: Flag): Flag {
  if (typeOf(name) !== 'list') return { name, value, list: [], at };
  const list = [...(earlier?.list ?? []), ...readCsv(value)];
  return { name, value: list.join(','), list, at };
}

/** One record of comma-separated values as Go's encoding/csv reads it for a StringSlice: `"a"` is `a`, blanks stay, nothing is no value. */
export function readCsv(value: string): string[] {
  if (value === '') return [];
  const fields: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^,]*)(,|$)/gy;
  for (const match of value.matchAll(pattern)) {
    const field = match[1] ?? '';
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (match[2] === '') break;
  }
  return fields;
}

/** The flags of `/flagz` (config.k8s.io/v1beta1): values are strings, a list prints as `[a,"b c"]`. */
export function readFlagz(flags: Readonly<Record<string, string>>, at: Place): Readonly<Record<string, Flag>> {
  const entries = Object.entries(flags).map(([name, value]): [string, Flag] => {
    const list = typeOf(name) === 'list' ? readCsv(value.replace(/^\[|\]$/g, '')) : [];
    return [name, { name, value: typeOf(name) === 'list' ? list.join(',') : value, list, at }];
  });
  return Object.fromEntries(entries);
}
