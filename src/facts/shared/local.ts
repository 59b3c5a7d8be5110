import { fact, maybe } from '../engine/declare.ts';
import { folderOf, type Local, listFolders } from '../this-node.ts';
import { manifest, replacedFlags } from './manifest.ts';
import { node } from './node.ts';

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
  needs: { manifest: maybe(manifest), folders: manifestFolders, replaces: replacedFlags },
  from: ({ manifest, folders, replaces }, source): Local => ({
    source,
    manifest,
    folder: folderOf(manifest, folders),
    ...(replaces !== undefined && { replaces }),
  }),
});
