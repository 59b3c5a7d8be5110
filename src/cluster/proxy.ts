/** Which proxy a request uses: kubeconfig `proxy-url`, else the environment, by the rules of Go (golang.org/x/net v0.61.0, http/httpproxy). */
import { needsProxy } from '../no-proxy.ts';
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
 * The proxy for `target` (null: none). `proxyUrl` is the kubeconfig's, which overrides the environment and ignores NO_PROXY.
 * Unsupported, and therefore refused: SOCKS, and a proxy in front of a plain HTTP server.
 */
export const proxyFor = (target: URL, env: Environment, proxyUrl?: string): Outcome<HttpProxy | null> => {
  const variable = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const chosen = proxyUrl ?? (env[variable.toLowerCase()] || env[variable] || '');
  if (chosen === '' || (proxyUrl === undefined && !needsProxy(target, env.no_proxy || env.NO_PROXY || '')))
    return { ok: true, value: null };
  const from = proxyUrl === undefined ? variable : 'proxy-url';
  const url = proxyUrl === undefined ? (parse(chosen) ?? parse(`http://${chosen}`)) : parse(chosen);
  // The message does not repeat the value: it may hold a password.
  if (!url) return { ok: false, problem: `The proxy in \`${from}\` is not a URL such as \`http://proxy.example.com:3128\`.` };
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return {
      ok: false,
      problem: `The proxy \`${url.protocol}//${url.host}\` in \`${from}\` cannot be used: aggctl supports only http:// and https:// proxies.`,
    };
  if (target.protocol === 'http:')
    return {
      ok: false,
      problem: `The server \`${target.origin}\` uses plain HTTP, which aggctl does not send through a proxy: unset \`${from}\`, or add \`${target.hostname}\` to NO_PROXY.`,
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
