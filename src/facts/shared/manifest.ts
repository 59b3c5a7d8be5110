import { manifestPaths } from '../../distributions/places.ts';
import type { Ask, Flags, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { manifestPath } from './inputs.ts';
import { node } from './node.ts';
import { readFlags } from './read-flags.ts';
import { hostPathOf, type Manifest } from './read-manifest.ts';
import { hostname, notHere } from './readers/index.ts';
import { k0s } from './readers/k0s.ts';
import { k3s } from './readers/k3s.ts';
import { microk8s } from './readers/microk8s.ts';
import { microshift } from './readers/microshift.ts';
import type { Reader } from './readers/reader.ts';
import { rke } from './readers/rke.ts';
import { staticPod } from './readers/static-pod.ts';
import { systemd } from './readers/systemd.ts';

/** The manifest of the kube-apiserver on a node, or what takes its place there: the first of the readers that finds one. */
const by = (reader: Reader, ask: Ask) => reader(ask, hostname(ask));
const none = { ok: true, value: null } as const;
const elsewhere = (path: string | null) => path !== null && !manifestPaths.some((one) => one === path);

const namedManifest = fact({
  name: 'namedManifest',
  of: node,
  internal: true,
  needs: { path: manifestPath },
  read: ({ path }, ask) => (path === null ? none : by(staticPod([path]), ask)),
});
const placedManifest = fact({
  name: 'placedManifest',
  of: node,
  internal: true,
  needs: { path: manifestPath },
  read: ({ path }, ask) => (path === null || elsewhere(path) ? by(staticPod(manifestPaths), ask) : none),
});
const readWith = (name: string, reader: Reader) =>
  fact({
    name,
    of: node,
    internal: true,
    needs: { path: manifestPath },
    read: ({ path }, ask) => (path === null ? by(reader, ask) : none),
  });
const systemdUnit = readWith('systemdUnit', systemd);
const microk8sArguments = readWith('microk8sArguments', microk8s);
const k3sConfiguration = readWith('k3sConfiguration', k3s);
const k0sConfiguration = readWith('k0sConfiguration', k0s);
const microshiftCertificates = readWith('microshiftCertificates', microshift);
const rkeContainer = readWith('rkeContainer', rke);

/** The first that is found, or that is there and cannot be read. */
function firstOf(found: readonly Observed<Manifest | null>[]): Observed<Manifest> {
  const first = found.find((one) => one.ok && one.value !== null) ?? found.find((one) => !one.ok);
  return first === undefined || (first.ok && first.value === null) ? notHere : (first as Observed<Manifest>);
}
export const manifest = fact({
  name: 'manifest',
  of: node,
  internal: true,
  needs: {
    path: manifestPath,
    named: maybe(namedManifest),
    placed: maybe(placedManifest),
    systemd: maybe(systemdUnit),
    microk8s: maybe(microk8sArguments),
    k3s: maybe(k3sConfiguration),
    k0s: maybe(k0sConfiguration),
    microshift: maybe(microshiftCertificates),
    rke: maybe(rkeContainer),
  },
  read: ({ path, named, ...readers }) => firstOf(path === null ? Object.values(readers) : [named]),
});
/** Of a manifest elsewhere: the flags of the one in place, null when there is none. undefined: it is the one in place. */
export const replacedFlags = fact({
  name: 'replacedFlags',
  of: node,
  internal: true,
  needs: { path: manifestPath, placed: maybe(placedManifest), manifest: maybe(manifest) },
  from: ({ path, placed, manifest }): Flags | null | undefined => {
    if (manifest.ok && manifest.value.workload !== null) return null;
    if (!elsewhere(path)) return undefined;
    const inPlace = firstOf([placed]);
    return inPlace.ok ? { origin: inPlace.value.origin, at: inPlace.value.at, byName: readFlags(inPlace.value.arguments) } : null;
  },
});

/** Of the files that a control-plane node has, and no other machine. */
const ofControlPlane = ['tls-cert-file', 'proxy-client-cert-file', 'requestheader-client-ca-file'] as const;
/** Whether the files that the flags name are not on this machine: those of a workload never; of a manifest elsewhere, where none is in place and none of them is here. */
export const filesAway = fact({
  name: 'filesAway',
  of: node,
  internal: true,
  needs: { manifest: maybe(manifest), replaced: replacedFlags },
  read: async ({ manifest, replaced }, ask): Promise<Observed<boolean>> => {
    if (!manifest.ok || replaced !== null) return { ok: true, value: false };
    return { ok: true, value: manifest.value.workload !== null || !(await hasOne(ask, manifest.value)) };
  },
});

async function hasOne(ask: Ask, { arguments: words, mounts }: Manifest): Promise<boolean> {
  const byName = readFlags(words);
  const paths = ofControlPlane.flatMap((name) => hostPathOf(byName[name]?.value ?? '', mounts) ?? []);
  const answers = await Promise.all(paths.map((path) => ask({ kind: 'file', path })));
  // What may not be read, or is not recorded, is there for all that is known.
  return answers.some((answer) => !answer.ok || answer.value.is !== 'absent');
}
