/** kube-apiserver as a process of k0s: its own flags, changed by `spec.api.extraArgs` of its configuration. */
import { isMap, isScalar } from 'yaml';
import { configuration, dataFolder, defaultFlags, service } from '../../../distributions/k0s.ts';
import type { Observed } from '../../../model.ts';
import type { Word } from '../read-manifest.ts';
import { builtIn, configurationIn } from './built-in.ts';
import { type At, type Reader, readText } from './reader.ts';
import { commandOf, optionsOf, readUnit } from './unit.ts';

const inside = "k0s's own defaults";

export const k0s: Reader = async (ask, where) => {
  const [at, unit, pki] = await Promise.all([where, readText(ask, service), ask({ kind: 'dir', path: `${dataFolder}/pki` })]);
  if (!unit.ok) return unit;
  const command = commandOf(
    readUnit(unit.value ?? '', (line) => at(service, line)),
    { probe: inside },
  );
  const isController =
    command.some(({ text }) => text === 'controller') ||
    (pki.ok && pki.value.is === 'directory' && pki.value.entries.includes('front-proxy-ca.crt'));
  if (!isController) return !pki.ok && pki.why === 'denied' ? pki : { ok: true, value: null };
  const options = optionsOf(command);
  const given = (...names: readonly string[]) => names.map((name) => options.get(name)?.at(-1)?.text).find(Boolean);
  const [path, folder] = [given('config', 'c') ?? configuration, given('data-dir') ?? dataFolder];
  const konnectivity = `${folder}/konnectivity.conf`;
  const [text, egress] = await Promise.all([readText(ask, path), readText(ask, konnectivity)]);
  if (!text.ok) return text;
  const changed = text.value === null ? none : extraArgs(text.value, path, at);
  if (!changed.ok) return changed;
  // k0s writes this file where Konnectivity is enabled, and names it then.
  const own = new Map([
    ...defaultFlags(folder),
    ...(egress.ok && egress.value === null ? [] : [['egress-selector-config-file', konnectivity] as const]),
  ]);
  const place = text.value === null ? null : at(path);
  return { ok: true, value: builtIn('k0s configuration', { own, inside, changed: changed.value, configuration: place }) };
};

type ExtraArgs = ReadonlyMap<string, Word>;
const none: Observed<ExtraArgs> = { ok: true, value: new Map() };

function extraArgs(text: string, path: string, at: At): Observed<ExtraArgs> {
  const read = configurationIn(text, path, 'k0s');
  if (!read.ok) return read;
  const given = read.value?.map.getIn(['spec', 'api', 'extraArgs'], true);
  if (!read.value || !isMap(given)) return none;
  const { lineOf } = read.value;
  const flags = given.items.flatMap(({ key, value }) =>
    isScalar(key) && isScalar(value)
      ? [[String(key.value), { text: String(value.value ?? ''), at: at(path, lineOf(value.range?.[0])) }] as const]
      : [],
  );
  return { ok: true, value: new Map(flags) };
}
