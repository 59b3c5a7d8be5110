import type { Unavailable } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';
import { apiserver } from './apiserver.ts';

/** Whether the node's files are visible from here, and the user that kube-apiserver reads them as. */
export const nodeFiles = fact({
  name: 'nodeFiles',
  of: apiserver,
  read: (_, __, { manifest, local }) => (local?.filesAway ? elsewhere : map(manifest, ({ process }) => process)),
});
const elsewhere: Unavailable = {
  ok: false,
  why: 'excluded',
  onNode: true,
  message: "the files that kube-apiserver's flags name, which are not on this machine: only the flags of this manifest were checked",
};
/** The manifest, where the node's files are visible. */
export const startedBy = fact({
  name: 'startedBy',
  of: apiserver,
  internal: true,
  needs: { nodeFiles },
  read: (_, __, { manifest }) => manifest,
});
