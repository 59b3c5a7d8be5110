/** What each source shows of its node: kube-apiserver's manifest, the folder it lies in, and the manifest that a proposed one would replace. */
import { manifestPaths } from '../distributions/places.ts';
import type { Answer, Ask, Flags, Observed } from '../model.ts';
import { readFlags } from './flags.ts';
import type { Manifest } from './manifest.ts';
import { map } from './observed.ts';
import { readHere } from './readers/index.ts';
import type { InWave } from './readers/reader.ts';
import { type Folder, manifestFolders } from './startup-files.ts';

/** What one source shows of a node. */
export interface Local {
  /** Asks for the files that the flags name, from wave 1 on. */
  readonly files: InWave;
  readonly manifest: Observed<Manifest>;
  /** Where the manifest lies. */
  readonly folder: Observed<Folder>;
  /** Of a manifest that lies elsewhere: the flags of the one in place, null when there is none. undefined: it is the one in place. */
  readonly replaces?: Flags | null;
}

/**
 * Asks every source at once, from wave 0 on; `named` is the manifest to judge. Further files are asked for after the last wave that was
 * needed (`before`, at least 0), so that they all go out together.
 */
export async function readLocals(
  sources: readonly InWave[],
  named?: string,
): Promise<{ readonly locals: readonly Local[]; readonly before: number }> {
  let before = 0;
  const counted =
    (inWave: InWave): InWave =>
    (wave) =>
    (question) => {
      before = Math.max(before, wave);
      return inWave(wave)(question);
    };
  const read = await Promise.all(sources.map(async (inWave) => ({ inWave, ...(await readLocal(counted(inWave), named)) })));
  return { locals: read.map(({ inWave, ...local }) => ({ ...local, files: (wave) => inWave(before + wave) })), before };
}

async function readLocal(inWave: InWave, named?: string): Promise<Omit<Local, 'files'>> {
  const proposed = named !== undefined && !manifestPaths.includes(named);
  const [manifest, placed, folders] = await Promise.all([
    readHere(inWave, named === undefined ? undefined : [named]),
    proposed ? readHere(inWave, manifestPaths) : null,
    listFolders(inWave(0)),
  ]);
  const replaces = placed?.ok ? { origin: placed.value.origin, at: placed.value.at, byName: readFlags(placed.value.arguments) } : null;
  return { manifest, folder: folderOf(manifest, folders), ...(proposed && { replaces }) };
}

type Listing = readonly { readonly path: string; readonly answer: Observed<Answer['dir']> }[];
const listFolders = (ask: Ask): Promise<Listing> =>
  Promise.all(manifestFolders.map(async (path) => ({ path, answer: await ask({ kind: 'dir', path }) })));

/** Elsewhere than in kubelet's folders nothing is loaded beside the manifest. */
function folderOf(manifest: Observed<Manifest>, folders: Listing): Observed<Folder> {
  const file = manifest.ok && 'file' in manifest.value.at ? manifest.value.at.file : '';
  const path = file.slice(0, file.lastIndexOf('/'));
  const found = folders.find((one) => one.path === path);
  if (!found) return { ok: true, value: { path, entries: [] } };
  return map(found.answer, (answer) => ({ path, entries: answer.is === 'directory' ? answer.entries : [] }));
}
