import { manifestPaths } from '../../distributions/places.ts';
import type { Answer, Ask, Flags, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { filesAway, manifest, replacedFlags } from './manifest.ts';
import { node } from './node.ts';
import { map } from './observed.ts';
import type { Manifest } from './read-manifest.ts';

const manifestFolders = fact({
  name: 'manifestFolders',
  of: node,
  internal: true,
  read: async (_, ask) => ({ ok: true, value: await listFolders(ask) }),
});
/** What each source shows of the kube-apiserver on its node. */
export const local = fact({
  name: 'local',
  of: node,
  internal: true,
  needs: { manifest: maybe(manifest), folders: manifestFolders, replaces: replacedFlags, filesAway },
  from: ({ manifest, folders, replaces, filesAway }, source): Local => ({
    source,
    manifest,
    folder: folderOf(manifest, folders),
    ...(replaces !== undefined && { replaces }),
    filesAway,
  }),
});

/** kubelet loads every file of these folders. */
const kubeletFolders = [...new Set(manifestPaths.map((path) => path.slice(0, path.lastIndexOf('/'))))];

/** The folder of a manifest, and what lies beside it. */
export interface Folder {
  readonly path: string;
  readonly entries: readonly string[];
}

/** What one source shows of a node. */
export interface Local {
  /** Index of the source. */
  readonly source: number;
  readonly manifest: Observed<Manifest>;
  /** Where the manifest lies. */
  readonly folder: Observed<Folder>;
  /** Of a manifest that lies elsewhere: the flags of the one in place, null when there is none. undefined: it is the one in place. */
  readonly replaces?: Flags | null;
  /** The files that the flags name are not on this machine. */
  readonly filesAway: boolean;
}

/** The folders of manifests, and what lies in them. */
type Listing = readonly { readonly path: string; readonly answer: Observed<Answer['dir']> }[];
const listFolders = (ask: Ask): Promise<Listing> =>
  Promise.all(kubeletFolders.map(async (path) => ({ path, answer: await ask({ kind: 'dir', path }) })));

/** Elsewhere than in kubelet's folders nothing is loaded beside the manifest. */
function folderOf(manifest: Observed<Manifest>, folders: Listing): Observed<Folder> {
  const file = manifest.ok && 'file' in manifest.value.at ? manifest.value.at.file : '';
  const path = file.slice(0, file.lastIndexOf('/'));
  const found = folders.find((one) => one.path === path);
  if (!found) return { ok: true, value: { path, entries: [] } };
  return map(found.answer, (answer) => ({ path, entries: answer.is === 'directory' ? answer.entries : [] }));
}
