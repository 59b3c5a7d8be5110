/** A command line → the effective flags, as kube-apiserver's flag library takes it. Pure. */
import { meantByCsv, readCsv } from '../../csv.ts';
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
    let unseen = word.unseen ?? byName[name]?.unseen;
    let value = equals < 0 ? undefined : word.text.slice(equals + 1);
    const next = words[i + 1];
    if (value === undefined && typeOf(name) !== 'bool' && next && (typeOf(name) !== null || !next.text.startsWith('-'))) {
      value = next.text;
      unseen ??= next.unseen;
      i++;
    }
    // A flag that lacks its value sets nothing: kube-apiserver exits.
    if (value === undefined && takesValue(name)) continue;
    byName[name] = { ...flagOf(name, value ?? 'true', word.at, byName[name]), ...(unseen !== undefined && { unseen }) };
  }
  return byName;
}

const takesValue = (name: string) => typeOf(name) === 'string' || typeOf(name) === 'list';

function flagOf(name: string, value: string, at: Place, earlier?: Flag): Flag {
  if (typeOf(name) !== 'list') return { name, value, list: [], at };
  const { fields, fault } = readCsv(value);
  // kube-apiserver exits at such a text, which has a check of its own: what else is wrong shows behind it.
  const list = [...(earlier?.list ?? []), ...(fault ? meantByCsv(value) : fields)];
  return { name, value: list.join(','), list, at };
}

/** The flags of `/flagz` (config.k8s.io/v1beta1): values are strings, a list prints as `[a,"b c"]`. */
export function readFlagz(flags: Readonly<Record<string, string>>, at: Place): Readonly<Record<string, Flag>> {
  const entries = Object.entries(flags).map(([name, value]): [string, Flag] => {
    const list = typeOf(name) === 'list' ? readCsv(value.replace(/^\[|\]$/g, '')).fields : [];
    return [name, { name, value: typeOf(name) === 'list' ? list.join(',') : value, list, at }];
  });
  return Object.fromEntries(entries);
}
