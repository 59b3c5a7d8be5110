import type { Ask, Observed, Place } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import type { Folder } from '../shared/local.ts';
import { type Manifest, readManifest } from '../shared/read-manifest.ts';
import { notHere } from '../shared/readers/index.ts';
import { apiserver } from './apiserver.ts';
import { startedBy } from './node-files.ts';

const folder = fact({
  name: 'folder',
  of: apiserver,
  internal: true,
  needs: { startedBy },
  read: (_, __, { local }): Observed<Folder> => local?.folder ?? notHere,
});
/** Further files of the manifest's folder that kubelet loads and that define the same Pod. */
export const duplicateManifests = fact({
  name: 'duplicateManifests',
  of: apiserver,
  needs: { startedBy, folder },
  read: ({ startedBy, folder }, ask) => readManifestTwins(ask, startedBy, folder),
});

/** The places of the other manifests in the folder that run kube-apiserver. kubelet loads each file whose name has no dot in front. */
async function readManifestTwins(ask: Ask, manifest: Manifest, folder: Folder): Promise<Observed<readonly Place[]>> {
  const { at } = manifest;
  const others = folder.entries.map((name) => ({ name, path: `${folder.path}/${name}` }));
  const asked = others.filter(({ name, path }) => !name.startsWith('.') && 'file' in at && path !== at.file);
  const places = await Promise.all(
    asked.map(async ({ path }): Promise<readonly Place[]> => {
      const answer = await ask({ kind: 'file', path });
      // To read YAML takes longer than all the rest.
      if (!answer.ok || answer.value.is !== 'text' || !answer.value.text.includes('kube-apiserver')) return [];
      const read = readManifest(answer.value.text, (line) => ({ ...at, file: path, line }));
      // kubelet loads nothing but Pods.
      return typeof read === 'string' || read.workload !== null ? [] : [read.at];
    }),
  );
  return { ok: true, value: places.flat() };
}
