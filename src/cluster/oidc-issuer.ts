/** New tokens from an OpenID Connect issuer: discovery of its token endpoint, and the grant `refresh_token` (RFC 6749, section 6). */
import tls from 'node:tls';
import { type Decoder, list, object, parseJson, string } from '../decode.ts';
import type { Observed } from '../model.ts';
import type { Connection } from './connect.ts';
import { deadline } from './deadline.ts';
import { type Form, fetchOnce, type Way } from './fetch.ts';
import { denied, material, systemRoots } from './material.ts';

export interface Tokens {
  readonly idToken: string;
  /** Not there where the old one remains valid. */
  readonly refreshToken?: string;
}
/** Of an auth provider, as the kubeconfig has them. */
export type Settings = Readonly<Record<string, string>>;

const metadata = object({ token_endpoint: string, token_endpoint_auth_methods_supported: list(string) });
const granted = object({ id_token: string, refresh_token: string, error: string });

/** The tokens, or a sentence that says why there are none. */
export const renewTokens = async (
  { env, timeout, from, waits }: Connection,
  settings: Settings,
  refreshToken: string,
  signal?: AbortSignal,
): Promise<Observed<Tokens>> => {
  const { 'client-id': id, 'client-secret': secret, 'idp-issuer-url': issuer } = settings;
  if (!id || !issuer) return denied('Its `auth-provider` needs `client-id` and `idp-issuer-url`: add them.');
  const discovery = httpsUrl(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!discovery) return denied('Its `idp-issuer-url` is not an https:// URL: correct it.');
  const { 'idp-certificate-authority': file, 'idp-certificate-authority-data': data } = settings;
  const ca = await material(file || undefined, data || undefined, 'CA of the issuer', from);
  if (!ca.ok) return ca;
  const secureContext = contextOf(ca.value ?? (await systemRoots(env)));
  if (!secureContext) return denied('The CA of its issuer is not a certificate: correct `idp-certificate-authority`.');
  const limit = deadline(timeout, signal);
  const waited = waits?.begin(discovery.origin, timeout);
  try {
    const way = { secureContext, env, limit };
    const described = await ask(way, discovery, metadata);
    if (!described.ok) return described;
    const endpoint = httpsUrl(described.value.token_endpoint ?? '');
    if (!endpoint) return denied(`The issuer \`${discovery.origin}\` names no https:// token endpoint: check \`idp-issuer-url\`.`);
    const methods = described.value.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const form = formOf(refreshToken, id, secret, methods.includes('client_secret_basic'));
    const answer = await ask(way, endpoint, granted, form);
    if (!answer.ok) return answer;
    const { id_token: idToken, refresh_token: replaced, error } = answer.value;
    if (error !== undefined) return denied(`The issuer \`${endpoint.origin}\` rejects the refresh token${named(error)}. Log in again.`);
    if (!idToken) return denied(`The issuer \`${endpoint.origin}\` returned no id-token. Log in again with the scope \`openid\`.`);
    return { ok: true, value: { idToken, ...(replaced && { refreshToken: replaced }) } };
  } finally {
    waited?.();
    limit.clear();
  }
};

/** A client with a secret authenticates by Basic where the issuer accepts that (RFC 6749, section 2.3.1). */
const formOf = (refreshToken: string, id: string, secret: string | undefined, basic: boolean): Form => {
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
  if (!secret) return { body: new URLSearchParams({ ...body, client_id: id }) };
  if (!basic) return { body: new URLSearchParams({ ...body, client_id: id, client_secret: secret }) };
  const [user, password] = [id, secret].map((text) => new URLSearchParams([['', text]]).toString().slice(1));
  return { body: new URLSearchParams(body), authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
};

/** A refusal is JSON, too: 400, or 401 where the client itself is rejected (RFC 6749, section 5.2). */
const ask = async <T>(way: Way, url: URL, decoder: Decoder<T>, form?: Form): Promise<Observed<T>> => {
  const answer = await fetchOnce(way, url, form);
  if (!answer.ok) return answer;
  const { status, text } = answer.value;
  const decoded = (form ? [200, 400, 401] : [200]).includes(status) ? decoder(parseJson(text)) : undefined;
  if (decoded !== undefined) return { ok: true, value: decoded };
  return denied(`\`${url.origin}${url.pathname}\` answered ${status}, without what an issuer returns: check \`idp-issuer-url\`.`);
};

const httpsUrl = (text: string): URL | null => {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol === 'https:' && !url.username && !url.password ? url : null;
};

const contextOf = (ca: string | string[]): tls.SecureContext | null => {
  try {
    return tls.createSecureContext({ ca });
  } catch {
    return null;
  }
};

/** An error code of OAuth; any other text may be anything. */
const named = (error: string): string => (/^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '');
