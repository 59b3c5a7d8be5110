/** kubectl's client options over the entries of a kubeconfig (k8s.io/client-go v0.37.2, tools/clientcmd: getCluster, getAuthInfo, validation.go). */
import path from 'node:path';
import type { Cluster, Outcome, User } from './kubeconfig.ts';

/** kubectl's client options, named as commander names them. */
export interface ClientOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly cluster?: string;
  readonly user?: string;
  readonly server?: string;
  readonly token?: string;
  readonly as?: string;
  readonly asGroup?: readonly string[];
  readonly asUid?: string;
  readonly requestTimeout?: string;
  readonly tlsServerName?: string;
  readonly insecureSkipTlsVerify?: boolean;
  readonly certificateAuthority?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly namespace?: string;
}

/** --insecure-skip-tls-verify and --certificate-authority each replace all that the file says of trust; --server forgets its tls-server-name. */
export const overrideCluster = (cluster: Cluster, options: ClientOptions): Cluster => {
  const trusts = options.insecureSkipTlsVerify === true || options.certificateAuthority !== undefined;
  return {
    ...without(
      cluster,
      trusts ? ['insecure-skip-tls-verify', 'certificate-authority', 'certificate-authority-data'] : [],
      options.server !== undefined || options.tlsServerName !== undefined ? ['tls-server-name'] : [],
    ),
    ...given('server', options.server),
    ...given('tls-server-name', options.tlsServerName),
    ...(options.insecureSkipTlsVerify === true && { 'insecure-skip-tls-verify': true }),
    ...given('certificate-authority', absolute(options.certificateAuthority)),
  };
};

/** A flag replaces the field that it names, and its twin (file or data). --token also replaces a token file. */
export const overrideUser = (user: User, options: ClientOptions): User => ({
  ...without(
    user,
    options.token === undefined ? [] : ['tokenFile'],
    options.clientCertificate === undefined ? [] : ['client-certificate-data'],
    options.clientKey === undefined ? [] : ['client-key-data'],
  ),
  ...given('token', options.token),
  ...given('client-certificate', absolute(options.clientCertificate)),
  ...given('client-key', absolute(options.clientKey)),
  ...given('as', options.as),
  ...given('as-uid', options.asUid),
  ...(options.asGroup && options.asGroup.length > 0 && { 'as-groups': options.asGroup }),
});

/** Why kubectl would reject a cluster and user, in one sentence; null if it accepts them. */
export const validate = (cluster: Cluster, user: User, from: string): string | null => {
  const broken = sent(user).find(([, text]) => hasControls(text));
  if (broken) return `\`${broken[0]}\` of the user in \`${from}\` contains a line break or another control character: remove it.`;
  const twin = [
    ['certificate-authority', cluster],
    ['client-certificate', user],
    ['client-key', user],
  ].find(([field, entry]) => has(entry, String(field)) && has(entry, `${field}-data`));
  if (twin) return `In \`${from}\` both \`${twin[0]}\` and \`${twin[0]}-data\` are set: remove one.`;
  const trusted = cluster['certificate-authority'] ?? cluster['certificate-authority-data'];
  if (cluster['insecure-skip-tls-verify'] && trusted !== undefined)
    return `A certificate authority and \`insecure-skip-tls-verify\` cannot be used together (\`${from}\`): remove one.`;
  const certificate = user['client-certificate'] ?? user['client-certificate-data'];
  const key = user['client-key'] ?? user['client-key-data'];
  if (certificate !== undefined && key === undefined)
    return `The user in \`${from}\` has a client certificate without its key: add --client-key.`;
  if (user.token !== undefined && (user.username ?? user.password) !== undefined)
    return `The user in \`${from}\` has a token and a password, and only one can be sent: remove one.`;
  if (user.exec && user['auth-provider']) return `The user in \`${from}\` has both \`exec\` and \`auth-provider\`: remove one.`;
  if (user.as === undefined && (user['as-uid'] ?? user['as-groups'] ?? user['as-user-extra']) !== undefined)
    return 'Impersonating a group, UID or extra requires a user: add --as.';
  return null;
};

/** The server's URL. Without a scheme it is https when a CA, a client certificate or --insecure-skip-tls-verify is given, else http (rest/url_utils.go). */
export const serverUrl = (cluster: Cluster, user: User, from: string): Outcome<URL> => {
  const text = cluster.server ?? '';
  if (text === '') return { ok: false, problem: `The cluster in \`${from}\` has no \`server\`: add it, or use --server.` };
  const secured =
    cluster['certificate-authority'] ??
    cluster['certificate-authority-data'] ??
    user['client-certificate'] ??
    user['client-certificate-data'];
  const scheme = secured !== undefined || cluster['insecure-skip-tls-verify'] ? 'https' : 'http';
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${scheme}://${text}`);
  if (!url || !/^https?:$/.test(url.protocol))
    return { ok: false, problem: `The server \`${withoutUser(text)}\` (${from}) is not a URL such as \`https://10.0.0.1:6443\`.` };
  if (url.username || url.password)
    return {
      ok: false,
      problem: `The server URL in \`${from}\` contains credentials, which aggctl does not send: move them to the user's entry.`,
    };
  url.search = '';
  url.hash = '';
  return { ok: true, value: url };
};

/** What stands before an `@` may be a password, whatever it looks like. */
const withoutUser = (text: string): string => text.replace(/^([a-z][\w+.-]*:\/\/)?[\s\S]*@/i, '$1…@');

const parse = (text: string): URL | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

/** What goes into headers. */
const sent = (user: User): readonly (readonly [string, string])[] => [
  ...(['token', 'as', 'as-uid'] as const).flatMap((field) => (user[field] === undefined ? [] : [[field, user[field]] as const])),
  ...(user['as-groups'] ?? []).map((text) => ['as-groups', text] as const),
  ...Object.values(user['as-user-extra'] ?? {}).flatMap((texts) => (texts ?? []).map((text) => ['as-user-extra', text] as const)),
];
/** No header can hold these. */
export const hasControls = (text: string): boolean => /[^\P{Cc}\t]/u.test(text);

const has = (entry: unknown, field: string): boolean => (entry as Readonly<Record<string, unknown>>)[field] !== undefined;
const absolute = (file: string | undefined): string | undefined => (file === undefined ? undefined : path.resolve(file));
const given = (field: string, value: string | undefined): Readonly<Record<string, string>> =>
  value === undefined ? {} : { [field]: value };
const without = <T extends object>(entry: T, ...fields: readonly (readonly string[])[]): T =>
  Object.fromEntries(Object.entries(entry).filter(([field]) => !fields.flat().includes(field))) as T;
