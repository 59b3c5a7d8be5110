/** Looks at the certificates that a TLS server presents, and sends it nothing. */

import { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import tls, { type DetailedPeerCertificate } from 'node:tls';
import type { Answer, Observed, Question } from '../model.ts';
import { type Deadline, deadline } from './deadline.ts';
import { openTcp, shakeHands } from './socket.ts';

/**
 * Answers a handshake question: directly and not through a proxy, or over what `tunnel` opens. A server that accepts TCP but fails in TLS is an answer with `error`.
 * Of the chain only certificates that link to the leaf are seen: Node.js drops the others.
 */
export const handshake = async (
  { host, port, serverName, present }: Question['handshake'],
  timeout: number,
  signal?: AbortSignal,
  tunnel?: (limit: Deadline) => Promise<Observed<Socket>>,
): Promise<Observed<Answer['handshake']>> => {
  if (present === 'front-proxy')
    return {
      ok: false,
      why: 'excluded',
      message: 'A handshake that presents the front-proxy certificate is not made by this version of aggctl.',
    };
  const limit = deadline(timeout, signal);
  const url = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`);
  const start = performance.now();
  const ms = () => Math.round(performance.now() - start);
  const tcp = await (tunnel ? tunnel(limit) : openTcp(url, null, limit.signal));
  // Without a CA of its own the chain would be prolonged from the system's store.
  const secureContext = tls.createSecureContext({ ca: [] });
  const secured = tcp.ok ? await shakeHands(tcp.value, { secureContext, serverName }, limit.signal, url.origin) : tcp;
  limit.clear();
  if (!tcp.ok) return tcp;
  if (!secured.ok) return { ok: true, value: { chain: [], error: secured.message, ms: ms() } };
  const protocol = secured.value.getProtocol();
  const chain = chainOf(secured.value.getPeerCertificate(true));
  secured.value.destroy();
  return { ok: true, value: { chain, ...(protocol && { protocol }), ms: ms() } };
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
