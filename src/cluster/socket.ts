/** Connections: TCP, through a proxy with CONNECT if one is set, and TLS, which is verified before any byte of a request is sent. */
import http from 'node:http';
import https from 'node:https';
import net, { isIP, type Socket } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import type { Observed } from '../model.ts';
import { explainCertificate, explainError } from './explain-error.ts';
import { type HttpProxy, proxyName } from './proxy.ts';

/** The host of a URL as sockets expect it: an IPv6 address without brackets. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');
/** The port of a URL, 443 and 80 where it names none. */
export const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));

/** A TCP connection to the host and port of `url`. `signal` also ends it while it is being made. */
export const openTcp = (url: URL, proxy: HttpProxy | null, signal: AbortSignal): Promise<Observed<Socket>> =>
  proxy ? tunnel(url, proxy, signal) : dial(hostOf(url), portOf(url), signal, url.origin);

const dial = (host: string, port: number, signal: AbortSignal, address: string): Promise<Observed<Socket>> =>
  settle(net.connect({ host, port }), 'connect', signal, address);

const tunnel = (url: URL, proxy: HttpProxy, signal: AbortSignal): Promise<Observed<Socket>> =>
  new Promise((resolve) => {
    const authority = `${url.hostname}:${portOf(url)}`;
    const { username, password } = proxy.url;
    const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
    const request = (proxy.url.protocol === 'https:' ? https : http).request({
      method: 'CONNECT',
      host: hostOf(proxy.url),
      port: portOf(proxy.url),
      path: authority,
      headers: { host: authority, ...(username && { 'proxy-authorization': `Basic ${basic}` }) },
      agent: false,
      signal,
    });
    const name = `the proxy \`${proxyName(proxy)}\` (${proxy.from})`;
    request.once('connect', (response, socket) => {
      if (response.statusCode === 200) return resolve({ ok: true, value: socket as Socket });
      socket.destroy();
      const status = `${response.statusCode} ${response.statusMessage}`;
      const message = `T${name.slice(1)} refused to connect to \`${authority}\` (${status}): check the proxy, or add \`${url.hostname}\` to NO_PROXY.`;
      resolve({ ok: false, why: 'unreachable', message });
    });
    request.once('error', (error) => resolve(explainError(error, name)));
    request.end();
  });

export interface Tls {
  readonly secureContext: tls.SecureContext;
  /** The name that the certificate must be for, and that goes out as SNI unless it is an IP address. */
  readonly serverName: string;
}

/** The TLS handshake, without verifying the certificate. */
export const shakeHands = (
  socket: Socket,
  { secureContext, serverName }: Tls,
  signal: AbortSignal,
  address: string,
): Promise<Observed<TLSSocket>> => {
  // `host` is what the certificate is compared with; an IP address as `servername` would be sent as SNI, with a warning.
  const named = isIP(serverName) ? {} : { servername: serverName };
  return settle(
    tls.connect({ socket, host: serverName, ...named, secureContext, rejectUnauthorized: false }),
    'secureConnect',
    signal,
    address,
  );
};

/** The result of verifying the server's certificate. */
export const verify = (socket: TLSSocket, serverName: string, address: string, trusting: string): Observed<TLSSocket> => {
  if (socket.authorized) return { ok: true, value: socket };
  const code = String(socket.authorizationError);
  return explainCertificate(code, address, socket.getPeerCertificate(true), serverName, trusting);
};

const settle = <S extends Socket>(
  socket: S,
  ready: 'connect' | 'secureConnect',
  signal: AbortSignal,
  address: string,
): Promise<Observed<S>> =>
  new Promise((resolve) => {
    const place = `\`${address}\``;
    const done = (result: Observed<S>) => {
      signal.removeEventListener('abort', late);
      socket.off(ready, opened).off('error', broken).off('close', closed);
      // Ignore a socket that breaks between two requests.
      socket.on('error', () => socket.destroy());
      if (!result.ok) socket.destroy();
      resolve(result);
    };
    const opened = () => done({ ok: true, value: socket });
    const broken = (error: Error) => done(explainError(error, place));
    const closed = () => done(explainError({ code: 'ECONNRESET' }, place));
    const late = () => done(explainError({ code: ready === 'connect' ? 'ETIMEDOUT' : 'ERR_TLS_HANDSHAKE_TIMEOUT' }, place));
    socket.once(ready, opened).once('error', broken).once('close', closed);
    if (signal.aborted) late();
    else signal.addEventListener('abort', late);
  });
