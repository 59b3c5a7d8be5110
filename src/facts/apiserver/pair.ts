import type { Flags } from '../../model.ts';

/** Half a pair is no pair: kube-apiserver does not open the other file then. */
export const isPair = ({ byName }: Flags) => Boolean(byName['proxy-client-cert-file']?.value && byName['proxy-client-key-file']?.value);
