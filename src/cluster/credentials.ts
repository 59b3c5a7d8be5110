/** What a connection presents: TLS material, token, impersonated identity. Never leaves src/cluster. */
import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { looseDate } from '../decode.ts';
import type { Observed } from '../model.ts';
import type { Connection } from './connect.ts';
import { runExecPlugin } from './exec.ts';
import type { User } from './kubeconfig.ts';
import { denied, material, systemRoots } from './material.ts';
import { oidcToken, tokenExpiry } from './oidc.ts';
import { hasControls } from './settings.ts';

export interface Credentials {
  readonly secureContext: tls.SecureContext;
  /** Value of the header Authorization; null: none. */
  readonly authorization: string | null;
  /** What is presented (for people), when it expires and how to renew it; null: unknown. */
  readonly expires: { readonly what: string; readonly at: Date; readonly renew: string } | null;
  /** When to read them again, milliseconds since 1970. */
  readonly until: number;
}

/** How long the content of a token file is cached (k8s.io/client-go v0.37.2, transport/token_source.go). */
const TOKEN_FILE_PERIOD = 60_000;

/** The credentials of a connection as they are now. */
export type CurrentCredentials = () => Promise<Observed<Credentials>>;

/** Credentials are read with the first request and again when they end; a plugin that failed is not run again. */
export const remembered = (connection: Connection, signal?: AbortSignal): CurrentCredentials => {
  let reading: Promise<Observed<Credentials>> | undefined;
  return async () => {
    reading ??= readCredentials(connection, signal);
    const asked = reading;
    const known = await asked;
    if (!known.ok || known.value.until > Date.now()) return known;
    if (reading === asked) reading = readCredentials(connection, signal);
    return reading;
  };
};

/** Reads what the user's entry names and runs its plugin. Over plain HTTP nothing is presented, as with kubectl. */
const readCredentials = async (connection: Connection, signal?: AbortSignal): Promise<Observed<Credentials>> => {
  if (connection.server.protocol === 'http:')
    return {
      ok: true,
      value: { secureContext: tls.createSecureContext(), authorization: null, expires: null, until: Number.POSITIVE_INFINITY },
    };
  const { user, cluster, from } = connection;
  const ca = await material(cluster['certificate-authority'], cluster['certificate-authority-data'], 'certificate authority', from);
  if (!ca.ok) return ca;
  const presented = await present(connection, signal);
  if (!presented.ok) return presented;
  const { certificate, key, token, until } = presented.value;
  let secureContext: tls.SecureContext;
  try {
    secureContext = tls.createSecureContext({
      ca: ca.value ?? (await systemRoots(connection.env)),
      ...(certificate && key && { cert: certificate, key }),
    });
  } catch (error) {
    const what = certificate ? 'The certificate authority, client certificate or key' : 'The certificate authority';
    return denied(`${what} in \`${from}\` cannot be used: ${(error as Error).message}.`);
  }
  const basic = user.username === undefined ? null : `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`;
  return {
    ok: true,
    value: { secureContext, authorization: token ? `Bearer ${token}` : basic, expires: expiry(connection, certificate, token), until },
  };
};

interface Presented {
  readonly certificate: string | null;
  readonly key: string | null;
  readonly token: string | null;
  readonly until: number;
}

const present = async (connection: Connection, signal?: AbortSignal): Promise<Observed<Presented>> => {
  const { user, from } = connection;
  const certificate = await material(user['client-certificate'], user['client-certificate-data'], 'client certificate', from);
  if (!certificate.ok) return certificate;
  const key = await material(user['client-key'], user['client-key-data'], 'client key', from);
  if (!key.ok) return key;
  const token = await readToken(user, from);
  if (!token.ok) return token;
  const fixed = { certificate: certificate.value, key: key.value, token: token.value };
  // Other credentials take precedence over the plugin (exec.go, UpdateTransportConfig).
  if (fixed.certificate || fixed.token || user.username !== undefined || !(user.exec || user['auth-provider']))
    return { ok: true, value: { ...fixed, until: user.tokenFile ? Date.now() + TOKEN_FILE_PERIOD : Number.POSITIVE_INFINITY } };
  if (!user.exec) {
    const idToken = await oidcToken(connection, signal);
    return idToken.ok ? { ok: true, value: { ...fixed, ...idToken.value } } : idToken;
  }
  const status = await runExecPlugin(connection, user.exec, signal);
  if (!status.ok) return status;
  const { clientCertificateData, clientKeyData, expirationTimestamp } = status.value;
  return {
    ok: true,
    value: {
      certificate: clientCertificateData || null,
      key: clientKeyData || null,
      token: status.value.token || null,
      until: expirationTimestamp ? Date.parse(expirationTimestamp) : Number.POSITIVE_INFINITY,
    },
  };
};

/** The content of a token file wins over `token` (round_trippers.go, NewBearerAuthWithRefreshRoundTripper). */
const readToken = async (user: User, from: string): Promise<Observed<string | null>> => {
  const file = await material(user.tokenFile, undefined, 'token file', from);
  if (!file.ok) return user.token === undefined ? file : { ok: true, value: user.token };
  const token = file.value?.trim() || user.token || null;
  if (token && hasControls(token))
    return denied(`The token file \`${user.tokenFile}\`, named in \`${from}\`, holds more than one line: it must hold the token alone.`);
  return { ok: true, value: token };
};

const expiry = ({ userName, from }: Connection, certificate: string | null, token: string | null): Credentials['expires'] => {
  const at = token ? tokenExpiry(token) : certificate ? certificateExpiry(certificate) : null;
  if (!at) return null;
  return token
    ? { what: `The token of user \`${userName}\` (${from})`, at, renew: 'log in again, or get a new token' }
    : {
        what: `The client certificate of user \`${userName}\` (${from})`,
        at,
        renew: 'get a new kubeconfig (with kubeadm: `kubeadm certs renew admin.conf` on a control-plane node)',
      };
};

const certificateExpiry = (pem: string): Date | null => {
  try {
    return looseDate(new X509Certificate(pem).validTo) ?? null;
  } catch {
    return null;
  }
};
