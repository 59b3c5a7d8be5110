import { version } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';

/** The minor version (1.x) of this kube-apiserver: by its image's tag, else of the one that answers. null: not known. */
export const minorVersion = fact({
  name: 'minorVersion',
  of: apiserver,
  needs: { version: maybe(version) },
  from: ({ version }, { image }): number | null => minorOfImage(image) ?? (version.ok ? version.value.minor : null),
});

/** By the tag of an image that is named after Kubernetes, with or without a vendor's suffix, a registry's port or a digest. */
export function minorOfImage(image: string): number | null {
  const [, name = '', tag = ''] = /([^/:@]*)(?::([^/:@]*))?(?:@[\w:.+-]*)?$/.exec(image) ?? [];
  if (!/apiserver|hyperkube|kubernetes/.test(name)) return null;
  const minor = /^v?1\.(\d{1,3})(?:\.\d+)?(?:[-_.+].*)?$/.exec(tag)?.[1];
  return minor === undefined ? null : Number(minor);
}
