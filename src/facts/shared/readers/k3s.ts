/**
 * kube-apiserver inside k3s: k3s's own flags, and what its configuration changes of them. A proxy of its environment is of no interest: k3s
 * puts the ranges of pods and Services into NO_PROXY by itself (its documentation, "Configuring an HTTP proxy").
 */
import { isScalar, isSeq, type Scalar } from 'yaml';
import { configuration, dataFolder, defaultFlags, service } from '../../../distributions/k3s.ts';
import type { Observed, Place } from '../../../model.ts';
import type { Word } from '../read-manifest.ts';
import { configurationIn } from './built-in.ts';
import { type At, onNode, type Reader, readNames, readText } from './reader.ts';
import { commandOf, type Options, optionsOf, readUnit } from './unit.ts';

const inside: Place = { probe: "k3s's own defaults" };

export const k3s: Reader = async (ask, where) => {
  const [at, main, unit, names, tls] = await Promise.all([
    where,
    readText(ask, configuration),
    readText(ask, service),
    readNames(ask, `${configuration}.d`),
    ask({ kind: 'dir', path: `${dataFolder}/server/tls` }),
  ]);
  const settings = unit.ok && unit.value !== null ? readUnit(unit.value, (line) => at(service, line)) : [];
  const command = commandOf(settings, inside);
  const isServer = command.some(({ text }) => text === 'server') || (tls.ok && tls.value.is === 'directory');
  if (!isServer) return !tls.ok && tls.why === 'denied' ? tls : { ok: true, value: null };
  if (!main.ok) return main;
  if (!unit.ok) return unit;
  const more = names.filter((name) => /\.ya?ml$/.test(name)).map((name) => `${configuration}.d/${name}`);
  const texts = await Promise.all(more.map(async (path) => ({ path, text: await readText(ask, path) })));
  const unread = texts.find(({ text }) => !text.ok)?.text;
  if (unread && !unread.ok) return unread;
  const files = [
    { path: configuration, text: main.value },
    ...texts.map(({ path, text }) => ({ path, text: text.ok ? text.value : null })),
  ];
  let options: Options = new Map();
  for (const { path, text } of files) {
    const read = text === null ? none : optionsIn(text, path, at);
    if (!read.ok) return read;
    options = merged(options, read.value);
  }
  const onCommandLine = optionsOf(command);
  // A repeatable option on the command line takes the place of the files' whole list.
  const given = (name: string) => onCommandLine.get(name) ?? options.get(name) ?? [];
  const last = (name: string, otherwise: string) => given(name).at(-1)?.text ?? otherwise;
  const own = defaultFlags(last('data-dir', dataFolder), last('egress-selector-mode', 'agent'));
  const words = withExtra(own, given('kube-apiserver-arg'));
  const changed = given('kube-apiserver-arg').at(-1)?.at;
  const place = changed ?? (main.value === null ? inside : at(configuration));
  return { ok: true, value: { ...onNode, origin: 'k3s configuration', at: place, arguments: words } };
};

/** An extra argument takes the place of k3s's own; `NAME+=` is added behind it, `NAME-=` before. k3s-io/k3s, pkg/daemons/config/types.go (GetArgs). */
function withExtra(own: ReadonlyMap<string, string>, extra: readonly Word[]): readonly Word[] {
  const byName = new Map<string, readonly Word[]>([...own].map(([name, value]) => [name, [{ text: `--${name}=${value}`, at: inside }]]));
  const replaced = new Set<string>();
  for (const { text, at } of extra) {
    const [, key = '', value = 'true'] = /^(?:--)?([^=]*)(?:=([\s\S]*))?$/.exec(text) ?? [];
    const name = key.replace(/[-+]+$/, '');
    const word = { text: `--${name}=${value}`, at };
    const before = byName.get(name) ?? [];
    if (key.endsWith('+')) byName.set(name, [...before, word]);
    else if (key.endsWith('-')) byName.set(name, [word, ...before]);
    else byName.set(name, replaced.has(name) ? [...before, word] : [word]);
    replaced.add(name);
  }
  return [...byName.values()].flat();
}

const none: Observed<Options> = { ok: true, value: new Map() };

/** The options of one configuration file; `NAME+` keeps its sign. */
function optionsIn(text: string, path: string, at: At): Observed<Options> {
  const read = configurationIn(text, path, 'k3s');
  if (!read.ok) return read;
  if (!read.value) return none;
  const { map, lineOf } = read.value;
  const options = map.items.map(({ key, value }): [string, readonly Word[]] => [
    String(isScalar(key) ? key.value : key),
    itemsOf(value).map((item) => ({ text: String(item.value ?? ''), at: at(path, lineOf(item.range?.[0])) })),
  ]);
  return { ok: true, value: new Map(options) };
}
const itemsOf = (value: unknown): readonly Scalar[] => (isSeq(value) ? value.items : [value]).filter((item) => isScalar(item));
/** A later file takes the place of an earlier one's value, and adds to it where its key ends in `+`. */
function merged(all: Options, next: Options): Options {
  const result = new Map(all);
  for (const [key, words] of next) {
    const name = key.replace(/\+$/, '');
    result.set(name, key === name ? words : [...(result.get(name) ?? []), ...words]);
  }
  return result;
}
