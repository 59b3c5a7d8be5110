import { hostPort } from '../../format.ts';
import type { Flags } from '../../model.ts';

/** `host:port` at which a kube-apiserver is reached by itself. */
export const addressOf = (flags: Flags): string =>
  hostPort(flags.byName['advertise-address']?.value ?? '', flags.byName['secure-port']?.value ?? '6443');
