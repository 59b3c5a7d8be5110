/** kube-apiserver as a service of systemd: its unit, drop-ins and environment files. */
import type { Ask, Observed, ProcessIdentity, Unavailable } from '../../../model.ts';
import { type Manifest, program, shellWords, type Word } from '../read-manifest.ts';
import { type At, onNode, type Reader, readNames, readText } from './reader.ts';
import {
  assignments,
  type Environment,
  expand,
  readEnvironment,
  readUnit,
  type Setting,
  split,
  type Traced,
  valuesOf,
  wordOf,
} from './unit.ts';

const unit = 'kube-apiserver.service';
/** In the order in which systemd.unit(5) takes the first file of a name. */
const folders = ['/etc/systemd/system', '/usr/lib/systemd/system', '/lib/systemd/system'] as const;

interface Part {
  readonly path: string;
  readonly text: string;
}

export const systemd: Reader = async (ask, where) => {
  const [at, units, dropIns] = await Promise.all([
    where,
    Promise.all(folders.map(async (folder) => ({ path: `${folder}/${unit}`, text: await readText(ask, `${folder}/${unit}`) }))),
    Promise.all(folders.map(async (folder) => ({ folder, names: await readNames(ask, `${folder}/${unit}.d`) }))),
  ]);
  const own = units.find(({ text }) => !text.ok || text.value !== null);
  if (own === undefined) return { ok: true, value: null };
  if (!own.text.ok) return own.text;
  // Of drop-ins of one name the first folder's holds; all apply in the order of their names.
  const byName = new Map(
    [...dropIns].reverse().flatMap(({ folder, names }) => names.map((name) => [name, `${folder}/${unit}.d/${name}`] as const)),
  );
  const paths = [...byName].filter(([name]) => name.endsWith('.conf')).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = await Promise.all(paths.map(async ([, path]) => ({ path, text: await readText(ask, path) })));
  const parts: Part[] = [{ path: own.path, text: own.text.value ?? '' }];
  for (const { path, text } of texts) {
    if (!text.ok) return text;
    if (text.value !== null) parts.push({ path, text: text.value });
  }
  return started(ask, parts, at);
};

/** The command of the unit with its drop-ins, and the user that it runs as. */
async function started(ask: Ask, parts: readonly Part[], at: At): Promise<Observed<Manifest>> {
  const settings = parts.flatMap(({ path, text }) => readUnit(text, (line) => at(path, line)));
  const command = valuesOf(settings, 'ExecStart').at(-1);
  const [place, path] = [command?.at[0], parts[0]?.path ?? unit];
  if (!command || !place) return unreadable(`${path} has no ExecStart, so systemd starts nothing`);
  const variables = await environment(ask, settings, at);
  if (!variables.ok) return variables;
  const words = expand(split(command), variables.value).flatMap((word) => {
    const one = wordOf(word, place);
    return /\bkube-apiserver\s/.test(one.text) ? shellWords(one.text).map((text) => ({ text, at: one.at })) : [one];
  });
  const start = words.findIndex(({ text }) => program.test(text.replace(/^[-@:+!|]+/, '')));
  if (start < 0)
    return unreadable(`${path} starts ${words[0]?.text ?? 'nothing'}, which is not kube-apiserver: check what it passes to kube-apiserver`);
  const given: readonly Word[] = words.slice(start + 1);
  // What has to be edited: where most of the flags stand, which may be an environment file.
  const files = given.flatMap((word) => ('file' in word.at ? [word.at.file] : []));
  const most = [...new Set(files)].sort((a, b) => count(files, b) - count(files, a))[0];
  const first = given.find((word) => 'file' in word.at && word.at.file === most);
  const known = Object.fromEntries([...variables.value].map(([name, { text, at }]) => [name, { value: text, at: at[0] ?? place }]));
  const read = { arguments: given, environment: known, process: identity(settings) };
  return { ok: true, value: { ...onNode, ...read, origin: 'systemd unit', at: first?.at ?? place } };
}
const count = (files: readonly string[], file: string) => files.filter((one) => one === file).length;
const unreadable = (message: string): Unavailable => ({ ok: false, why: 'malformed', message });

/** `Environment=`, over which the environment files go in their order. One that must be there and is not keeps the service from starting. */
async function environment(ask: Ask, settings: readonly Setting[], at: At): Promise<Observed<Environment>> {
  const inUnit = valuesOf(settings, 'Environment').map(assignments);
  const named = valuesOf(settings, 'EnvironmentFile').map(({ text }: Traced) => text.replace(/^(-?)"(.*)"$/, '$1$2'));
  const files = await Promise.all(
    named.map(async (name) => ({ name, path: name.replace(/^-/, ''), text: await readText(ask, name.replace(/^-/, '')) })),
  );
  const read: Environment[] = [];
  for (const { name, path, text } of files) {
    if (!text.ok) return text;
    if (text.value !== null) read.push(readEnvironment(text.value, (line) => at(path, line)));
    else if (!name.startsWith('-'))
      return unreadable(
        `${unit} names the environment file ${path}, which cannot be read: without it systemd does not start kube-apiserver`,
      );
  }
  return { ok: true, value: new Map([...inUnit, ...read].flatMap((one) => [...one])) };
}

/** `User=`, `Group=` and `SupplementaryGroups=` in numbers. What would need /etc/passwd is taken for root: a guess would accuse. */
function identity(settings: readonly Setting[]): ProcessIdentity {
  const last = (key: string) => settings.findLast((one) => one.key === key)?.value.text;
  const groups = valuesOf(settings, 'SupplementaryGroups').flatMap(({ text }) => text.split(/\s+/));
  const [user, ...ids] = [last('User') ?? 'root', last('Group') ?? 'of the user', ...groups].map(Number);
  if (user === undefined || ![user, ...ids].every(Number.isInteger)) return onNode.process;
  return { uid: user, gids: ids };
}
