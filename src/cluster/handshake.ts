/** Reads the certificates that a TLS server presents; sends nothing, or one GET. */

import { X509Certificate } from 'node:crypto';
import http from 'node:http';
import type { Socket } from 'node:net';
import tls, { type DetailedPeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import type { Answer, Observed, Question } from '../model.ts';
import { type Deadline, deadline } from './deadline.ts';
import { openTcp, shakeHands } from './socket.ts';

/** What a client presents, PEM. */
export interface Pair {
  readonly certificate: Buffer;
  readonly key: Buffer;
}
export interface HandshakeOptions {
  /** Milliseconds for all of it. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  /** Opens the connection instead of dialing directly. */
  readonly tunnel?: (limit: Deadline) => Promise<Observed<Socket>>;
  readonly pair?: Pair;
}

/** An error message is a sentence or two. */
const LONGEST_REFUSAL = 4096;

/**
 * Answers a handshake question: directly and not through a proxy, or over what `tunnel` opens. A server that accepts TCP but fails in TLS is an answer with `error`.
 * Of the chain only certificates that link to the leaf are seen: Node.js drops the others. From TLS 1.3 on a server judges a client's
 * certificate only after the handshake: then the request fails.
 */
export const handshake = async (
  { host, port, serverName, request }: Question['handshake'],
  { timeout, signal, tunnel, pair }: HandshakeOptions,
): Promise<Observed<Answer['handshake']>> => {
  const secureContext = contextOf(pair);
  if (!secureContext.ok) return secureContext;
  const limit = deadline(timeout, signal);
  const url = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const start = performance.now();
  const ms = () => Math.round(performance.now() - start);
  try {
    const tcp = await (tunnel ? tunnel(limit) : openTcp(url, null, limit.signal));
    if (!tcp.ok) return tcp;
    const secured = await shakeHands(tcp.value, { secureContext: secureContext.value, serverName }, limit.signal, url.origin);
    if (!secured.ok) {
      const { cause, message, happened } = secured;
      // The advice is for users of a kubeconfig, which this client is not.
      const error = cause === 'client-certificate' ? `\`${url.origin}\` ${happened}.` : message;
      return { ok: true, value: { chain: [], error, ...(happened && { happened }), ms: ms() } };
    }
    const protocol = secured.value.getProtocol();
    const chain = chainOf(secured.value.getPeerCertificate(true));
    const answered = request ? await get(secured.value, url.host, request, limit) : {};
    secured.value.destroy();
    return { ok: true, value: { chain, ...(protocol && { protocol }), ...answered, ms: ms() } };
  } finally {
    limit.clear();
  }
};

/** Without a CA of its own the chain would be prolonged from the system's store. */
const contextOf = (pair: Pair | undefined): Observed<SecureContext> => {
  try {
    return { ok: true, value: tls.createSecureContext({ ca: [], ...(pair && { cert: pair.certificate, key: pair.key }) }) };
  } catch (error) {
    // OpenSSL's message holds nothing of the key.
    return { ok: false, why: 'malformed', message: `Cannot use the front-proxy certificate and key: ${(error as Error).message}.` };
  }
};

const get = (
  socket: TLSSocket,
  host: string,
  { path, headers }: NonNullable<Question['handshake']['request']>,
  { signal, passed }: Deadline,
): Promise<Pick<Answer['handshake'], 'answer' | 'error'>> =>
  new Promise((resolve) => {
    const request = http.request({
      createConnection: () => socket,
      path,
      headers: { host, 'user-agent': 'aggctl', accept: 'application/json', ...headers },
      signal,
    });
    const failed = (error: NodeJS.ErrnoException) => resolve({ error: passed() ? 'it does not answer in time' : refusal(error) });
    request.once('error', failed);
    request.once('response', (response) => {
      const { statusCode: status = 0 } = response;
      let text = '';
      const done = () => resolve({ answer: { status, text } });
      if (status < 400) return done();
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text = `${text}${part}`.slice(0, LONGEST_REFUSAL);
      });
      response.once('end', done).once('error', failed);
    });
    request.end();
  });

/** Since TLS 1.3 a client learns only after the handshake that its certificate is rejected or missing. */
const refusal = ({ code = '', message }: NodeJS.ErrnoException): string => {
  const alert = /_ALERT_([A-Z_]+)$/.exec(code)?.[1];
  return alert ? `it ends TLS with the alert "${alert.toLowerCase().replaceAll('_', ' ')}"` : `it does not answer (${code || message})`;
};

const chainOf = (leaf: DetailedPeerCertificate): string[] => {
  const chain: string[] = [];
  for (let certificate = leaf; certificate?.raw; certificate = certificate.issuerCertificate) {
    const pem = new X509Certificate(certificate.raw).toString();
    // A self-signed certificate is its own issuer.
    if (chain.includes(pem)) break;
    chain.push(pem);
  }
  return chain;
};
