import type { ManifestObject, UserOptions } from '../../model.ts';
import { input } from '../engine/declare.ts';

/** What is known before anything is asked. */
export const userOptions = input<UserOptions>('userOptions');
/** The manifest to judge, in place of the well-known ones; null: these. */
export const manifestPath = input<string | null>('manifestPath');
/** The objects that `aggctl lint` is about; []: it is another command. */
export const manifests = input<readonly ManifestObject[]>('manifests');
/** One index for each source: each source shows the files of one node. */
export const nodes = input<readonly number[]>('nodes');
