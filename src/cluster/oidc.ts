/**
 * The auth provider `oidc`: its id-token, or a new one for its refresh token (k8s.io/client-go v0.37.2, plugin/pkg/client/auth/oidc/oidc.go).
 * kube-apiserver verifies the token; here only its expiry is read.
 */
import { object, parseJson, unixDate } from '../decode.ts';
import { limiter } from '../limiter.ts';
import type { Observed, Unavailable } from '../model.ts';
import type { Connection } from './connect.ts';
import { day } from './explain-error.ts';
import { loadKubeconfigs } from './kubeconfig.ts';
import { obstacleTo, saveTokens } from './kubeconfig-tokens.ts';
import { denied } from './material.ts';
import { renewTokens, type Settings } from './oidc-issuer.ts';

export interface IdToken {
  readonly token: string;
  /** When to ask for it again, milliseconds since 1970. */
  readonly until: number;
}

/** A token that expires sooner than this counts as expired, milliseconds. */
const MARGIN = 10_000;

/**
 * The id-token of the kubeconfig while it is valid. An expired one is renewed, and read from the file again first: kubectl may have renewed it.
 * A provider may replace the refresh token and reject the old one from then on. Then both new tokens are saved, as kubectl does; else nothing is written.
 */
export const oidcToken = async (connection: Connection, signal?: AbortSignal): Promise<Observed<IdToken>> => {
  const { userName, from } = connection;
  const provider = connection.user['auth-provider'];
  if (provider?.name !== 'oidc')
    return denied(
      `The auth provider \`${provider?.name}\` of user \`${userName}\` was removed from Kubernetes: use its credential plugin in \`${from}\`.`,
    );
  const known = current(connection, provider.config ?? {});
  if (!('settings' in known)) return known;
  return turnOf(connection)(async () => renew(connection, await latest(connection, known.settings), signal));
};

/** Contexts of one user are renewed one after the other: a provider that replaces the refresh token accepts each only once. */
const turns = new Map<string, ReturnType<typeof limiter>>();
function turnOf({ userFile, userName }: Connection): ReturnType<typeof limiter> {
  const key = JSON.stringify([userFile, userName]);
  const turn = turns.get(key) ?? limiter(1);
  turns.set(key, turn);
  return turn;
}

/** `exp` of a JWT; null for any other token. */
export const tokenExpiry = (token: string): Date | null => claimsOf(token)?.exp ?? null;

const claims = object({ exp: unixDate });
const claimsOf = (token: string) => {
  const [, payload = ''] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
  return claims(parseJson(Buffer.from(payload, 'base64url').toString()));
};

/** The token if it can be used, or what is needed to renew it. */
const current = ({ userName, from }: Connection, settings: Settings): Observed<IdToken> | { readonly settings: Settings } => {
  const token = settings['id-token'];
  if (!token) return { settings };
  const known = claimsOf(token);
  if (!known) return denied(`The OIDC id-token of user \`${userName}\` (${from}) is not a JWT: log in again.`);
  const until = (known.exp?.getTime() ?? 0) - MARGIN;
  return until > Date.now() ? { ok: true, value: { token, until } } : { settings };
};

/** As the file has them now. */
const latest = async ({ userFile, userName }: Connection, settings: Settings): Promise<Settings> => {
  const read = userFile === null ? null : await loadKubeconfigs([userFile]);
  const provider = read?.ok ? read.value.users.get(userName)?.value['auth-provider'] : undefined;
  return provider?.name === 'oidc' ? (provider.config ?? {}) : settings;
};

const renew = async (connection: Connection, settings: Settings, signal?: AbortSignal): Promise<Observed<IdToken>> => {
  const known = current(connection, settings);
  if (!('settings' in known)) return known;
  const { userName, userFile } = connection;
  const refused = refusal(connection, settings['id-token']);
  if (connection.unattended) return refused('Nobody waits for it.');
  const old = settings['refresh-token'];
  if (!old) return refused('There is no refresh token. Log in again.');
  const obstacle = userFile === null ? 'no kubeconfig holds it' : await obstacleTo(userFile, userName);
  if (userFile === null || obstacle) return refused(`A new refresh token could not be saved: ${obstacle}.`);
  const renewed = await renewTokens(connection, settings, old, signal);
  if (!renewed.ok) return refused(renewed.message);
  const { idToken, refreshToken } = renewed.value;
  const unsaved =
    refreshToken && refreshToken !== old ? saveTokens(userFile, userName, { 'id-token': idToken, 'refresh-token': refreshToken }) : null;
  if (unsaved) return refused(`The new refresh token was not saved, so log in again: ${unsaved}.`);
  const usable = current(connection, { 'id-token': idToken });
  return 'settings' in usable ? refused('The new one has expired, too: check the clock of this machine.') : usable;
};

/** Says which token is needed, and why there is none. */
const refusal = ({ userName, from }: Connection, token: string | undefined): ((reason: string) => Unavailable) => {
  const who = `user \`${userName}\` (${from})`;
  const at = token ? tokenExpiry(token) : null;
  const stale = at ? `expired on ${day(at)}` : 'has no expiry';
  return (reason) => ({
    ...denied(
      token ? `The OIDC id-token of ${who} ${stale} and cannot be renewed. ${reason}` : `There is no OIDC id-token of ${who}. ${reason}`,
    ),
    ...(token && { expired: 'client' as const }),
  });
};
