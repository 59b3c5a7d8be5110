/** The headers of an impersonated identity (k8s.io/client-go v0.37.2, transport/round_trippers.go). */
import type { User } from './kubeconfig.ts';

/** Headers for `as`, `as-uid`, `as-groups` and `as-user-extra`; a list is sent as several headers of one name. */
export const impersonation = (user: User): Readonly<Record<string, string | string[]>> => ({
  ...(user.as !== undefined && { 'Impersonate-User': bytes(user.as) }),
  ...(user['as-uid'] !== undefined && { 'Impersonate-Uid': bytes(user['as-uid']) }),
  ...(user['as-groups'] !== undefined && { 'Impersonate-Group': user['as-groups'].map(bytes) }),
  ...Object.fromEntries(
    Object.entries(user['as-user-extra'] ?? {}).map(([key, values]) => [`Impersonate-Extra-${escapeKey(key)}`, (values ?? []).map(bytes)]),
  ),
});

/** Go sends UTF-8, Node.js the lower byte of each character. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1');

/** Bytes that a header name cannot hold, and `%`, are percent-encoded (headerKeyEscape). */
const escapeKey = (key: string): string =>
  [...Buffer.from(key)]
    .map((byte) => String.fromCharCode(byte))
    .map((char) => (/[A-Za-z0-9!#$&'*+.^_`|~-]/.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`))
    .join('');
