import type { Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { notHere } from '../shared/readers/index.ts';
import { type Folder, duplicateManifests as readManifestTwins } from '../startup-files.ts';
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
