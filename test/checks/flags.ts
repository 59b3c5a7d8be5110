import { healthy } from '../support/facts.ts';

export const { byName } = healthy.flags;
export const [cert, key] = ['proxy-client-cert-file', 'proxy-client-key-file'] as const;
/** Flags that come from the mirror pod: nobody can edit a file from there. */
export const seenFromAfar = {
  flags: { ...healthy.flags, origin: 'mirror pod', at: { object: 'Pod kube-system/kube-apiserver-cp-1' }, byName: {} },
} as const;
