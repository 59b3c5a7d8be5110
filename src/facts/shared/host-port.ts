/** Addresses of kube-apiservers, and of others, as `host:port`. Pure. */
import type { Flags } from '../../model.ts';

/** `host:port` at which a kube-apiserver is reached by itself. */
export const addressOf = (flags: Flags): string =>
  hostPort(flags.byName['advertise-address']?.value ?? '', flags.byName['secure-port']?.value ?? '6443');
export const hostPort = (host: string, port: string | number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
