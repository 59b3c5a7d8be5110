/** What each source shows of its node: kube-apiserver's manifest, the folder it lies in, and the manifest that a proposed one would replace. */
import type { Answer, Ask, Flags, Observed } from '../model.ts';
import { map } from './shared/observed.ts';
import type { Manifest } from './shared/read-manifest.ts';
import { type Folder, manifestFolders } from './startup-files.ts';

/** What one source shows of a node. */
export interface Local {
  /** Index of the source. */
  readonly source: number;
  readonly manifest: Observed<Manifest>;
  /** Where the manifest lies. */
  readonly folder: Observed<Folder>;
  /** Of a manifest that lies elsewhere: the flags of the one in place, null when there is none. undefined: it is the one in place. */
  readonly replaces?: Flags | null;
}

/** The folders of manifests, and what lies in them. */
export type Listing = readonly { readonly path: string; readonly answer: Observed<Answer['dir']> }[];
export const listFolders = (ask: Ask): Promise<Listing> =>
  Promise.all(manifestFolders.map(async (path) => ({ path, answer: await ask({ kind: 'dir', path }) })));

/** Elsewhere than in kubelet's folders nothing is loaded beside the manifest. */
export function folderOf(manifest: Observed<Manifest>, folders: Listing): Observed<Folder> {
  const file = manifest.ok && 'file' in manifest.value.at ? manifest.value.at.file : '';
  const path = file.slice(0, file.lastIndexOf('/'));
  const found = folders.find((one) => one.path === path);
  if (!found) return { ok: true, value: { path, entries: [] } };
  return map(found.answer, (answer) => ({ path, entries: answer.is === 'directory' ? answer.entries : [] }));
}
