/** Which proxy a request takes: kubeconfig `proxy-url`, else the environment, by the rules of Go (golang.org/x/net v0.61.0, http/httpproxy). */
import { BlockList, isIP } from 'node:net';
import type { Outcome } from './kubeconfig.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy, and where the choice comes from. `url` may hold credentials: show `proxyName` of it. */
export interface HttpProxy {
  readonly url: URL;
  readonly from: 'proxy-url' | 'HTTPS_PROXY';
}

/** The address of a proxy without its credentials. */
export const proxyName = (proxy: HttpProxy): string => `${proxy.url.protocol}//${proxy.url.host}`;

/**
 * The proxy for `target` (null: none). `proxyUrl` is the kubeconfig's, which beats the environment and knows no NO_PROXY.
 * What aggctl cannot do is refused: SOCKS, and a proxy before a server of plain HTTP.
 */
export const proxyFor = (target: URL, env: Environment, proxyUrl?: string): Outcome<HttpProxy | null> => {
  const variable = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const chosen = proxyUrl ?? (env[variable.toLowerCase()] || env[variable] || '');
  if (chosen === '' || (proxyUrl === undefined && !needsProxy(target, env.no_proxy || env.NO_PROXY || '')))
    return { ok: true, value: null };
  const from = proxyUrl === undefined ? variable : 'proxy-url';
  const url = proxyUrl === undefined ? (parse(chosen) ?? parse(`http://${chosen}`)) : parse(chosen);
  // The text is not repeated: it may hold a password.
  if (!url) return { ok: false, problem: `The proxy in \`${from}\` is not a URL such as \`http://proxy.example.com:3128\`.` };
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return {
      ok: false,
      problem: `The proxy \`${url.protocol}//${url.host}\` in \`${from}\` cannot be used: aggctl speaks to http:// and https:// proxies only.`,
    };
  if (target.protocol === 'http:')
    return {
      ok: false,
      problem: `The server \`${target.origin}\` is plain HTTP, which aggctl does not send through a proxy: unset \`${from}\`, or add \`${target.hostname}\` to NO_PROXY.`,
    };
  return { ok: true, value: { url, from: proxyUrl === undefined ? 'HTTPS_PROXY' : 'proxy-url' } };
};

const parse = (text: string): URL | null => {
  try {
    const url = new URL(text);
    return url.host === '' ? null : url;
  } catch {
    return null;
  }
};

/** Whether a request to `target` goes through the proxy of the environment. `localhost` and loopback addresses never do. */
export const needsProxy = (target: URL, noProxy: string): boolean => {
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  if (host === 'localhost' || (isIP(host) && contains('127.0.0.0/8', host)) || host === '::1') return false;
  return !noProxy
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => matches(entry, host, port));
};

const matches = (entry: string, host: string, port: string): boolean => {
  if (entry === '') return false;
  if (entry === '*') return true;
  if (entry.includes('/')) return isIP(host) !== 0 && contains(entry, host);
  const { name, portOf } = split(entry);
  if (name === '' || (portOf !== '' && portOf !== port)) return false;
  if (isIP(name)) return isIP(host) !== 0 && contains(`${name}/${isIP(name) === 4 ? 32 : 128}`, host);
  if (isIP(host)) return false;
  const suffix = name.replace(/^\*\./, '.');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
};

const split = (entry: string): { name: string; portOf: string } => {
  if (isIP(entry)) return { name: entry, portOf: '' };
  const parts = /^(?:\[(.*)\]|([^:]*)):([^:]*)$/.exec(entry);
  return parts ? { name: parts[1] ?? parts[2] ?? '', portOf: parts[3] ?? '' } : { name: entry, portOf: '' };
};

const contains = (cidr: string, address: string): boolean => {
  const [network = '', bits = ''] = cidr.split('/');
  const family = isIP(network);
  const prefix = Number(bits);
  if (!family || !/^\d+$/.test(bits) || prefix > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
};
