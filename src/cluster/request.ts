/** Requests to the API server of a connection: bounded in time and size, no redirect followed, credentials to that cluster alone. */
import http from 'node:http';
import type { Socket } from 'node:net';
import type { Observed, Unavailable } from '../model.ts';
import { acceptAnswer } from './accept-answer.ts';
import type { ApiResponse } from './answer.ts';
import type { Connection } from './connect.ts';
import { type Credentials, remembered } from './credentials.ts';
import { type Deadline, deadline } from './deadline.ts';
import { explainError } from './explain-error.ts';
import { impersonation } from './impersonate.ts';
import { type Held, receive } from './receive.ts';
import { hostOf, openTcp, portOf, shakeHands, verify } from './socket.ts';
import { type Target, targetOf } from './target.ts';

export interface ApiRequest {
  readonly method: string;
  /** Path and query, from `/`. */
  readonly path: string;
  readonly accept?: string;
  readonly body?: string;
  /** Of the body; JSON when not given. */
  readonly contentType?: string;
  /** Another address of the same cluster, `host:port`. */
  readonly server?: string;
}
export type Send = (request: ApiRequest) => Promise<Observed<ApiResponse>>;

/** A function that sends requests, over sockets that are kept for the next. `signal` ends them all. Any HTTP status but a redirect is an answer. */
export const client = (connection: Connection, signal?: AbortSignal, current = remembered(connection, signal)): Send => {
  const agent = keepingAgent();
  const held = { bytes: 0 };
  return async (request) => {
    const target = targetOf(connection, request.server);
    if (!target.ok) return target;
    const presented = await current();
    if (!presented.ok) return presented;
    const limit = deadline(connection.timeout, signal);
    const waited = connection.waits?.begin(target.value.url.origin, connection.timeout);
    const route: Route = { connection, credentials: presented.value, target: target.value, limit, agent, held };
    try {
      const answer = await exchange(route, request);
      return answer.ok ? acceptAnswer(answer.value, target.value.url, presented.value) : answer;
    } finally {
      waited?.();
      limit.clear();
    }
  };
};

interface Route {
  readonly connection: Connection;
  readonly credentials: Credentials;
  readonly target: Target;
  readonly limit: Deadline;
  readonly agent: http.Agent;
  readonly held: Held;
}

/** An agent whose sockets come from the option `open` of the request that needs one. */
const keepingAgent = (): http.Agent =>
  Object.assign(new http.Agent({ keepAlive: true }), {
    createConnection: ({ open }: Opening, done: (error: Error | null, socket?: Socket) => void): void => {
      open().then(
        (opened) => (opened.ok ? done(null, opened.value) : done(Object.assign(new Error(opened.message), { unavailable: opened }))),
        (error: Error) => done(error),
      );
    },
  });
interface Opening {
  readonly open: () => Promise<Observed<Socket>>;
}

/** Time-out for connecting to another address of the cluster, milliseconds: from a laptop it is often unreachable. */
const REACH = 2_000;

/** A connection to the target, with TLS verified. */
export const openRoute = async ({ connection, credentials, target, limit }: Omit<Route, 'agent' | 'held'>): Promise<Observed<Socket>> => {
  const address = target.url.origin;
  const reach = deadline(target.url === connection.server ? 0 : REACH, limit.signal);
  const tcp = await openTcp(target.url, target.proxy, reach.signal).finally(reach.clear);
  if (!tcp.ok || target.url.protocol === 'http:') return tcp;
  const { secureContext } = credentials;
  const secured = await shakeHands(tcp.value, { secureContext, serverName: target.serverName }, limit.signal, address);
  if (!secured.ok || connection.cluster['insecure-skip-tls-verify']) return secured;
  const verified = verify(secured.value, target.serverName, address, trusting(connection));
  if (!verified.ok) secured.value.destroy();
  return verified;
};

const trusting = ({ cluster, from }: Connection): string => {
  if (cluster['certificate-authority'] !== undefined) return `\`${cluster['certificate-authority']}\``;
  return cluster['certificate-authority-data'] === undefined ? 'this machine' : `\`${from}\``;
};

const exchange = (route: Route, asked: ApiRequest): Promise<Observed<ApiResponse>> =>
  new Promise((resolve, reject) => {
    const { method, path, accept, body, contentType = 'application/json' } = asked;
    const { url } = route.target;
    const start = performance.now();
    const options: http.RequestOptions & Opening = {
      open: () => openRoute(route),
      agent: route.agent,
      host: hostOf(url),
      port: portOf(url),
      method,
      path: url.pathname.replace(/\/$/, '') + path,
      signal: route.limit.signal,
      headers: {
        host: url.host,
        'user-agent': 'aggctl',
        accept: accept ?? 'application/json',
        ...(body !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
        ...(route.credentials.authorization !== null && { authorization: route.credentials.authorization }),
        ...impersonation(route.connection.user),
      },
    };
    const request = http.request(options);
    const fail = (error: Error) => {
      // Errors of Node.js have a code; one without is a bug in aggctl.
      if (/^(Type|Reference)Error$/.test(error.name) && !('code' in error)) return reject(error);
      // The server may close an idle socket at any time, so retry on a new one.
      if (request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET' && !route.limit.signal.aborted)
        return resolve(exchange(route, asked));
      resolve(failure(error, route, request.socket !== null));
    };
    request.once('response', (response) => {
      const { statusCode: status = 0, headers } = response;
      receive(response, path, route.held).then((text) => {
        const ms = Math.round(performance.now() - start);
        if (text.ok) return resolve({ ok: true, value: { status, headers, text: text.value, ms } });
        resolve(malformed(`\`${url.origin}${path}\` answered with ${text.held}: check what listens at this address.`));
      }, fail);
    });
    request.once('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(malformed(`\`${url.origin}\` switched to another protocol: check what listens at this address.`));
    });
    request.on('error', fail);
    request.end(body);
  });

const malformed = (message: string): Unavailable => ({ ok: false, why: 'malformed', message });

const failure = (error: Error, { limit, target, connection }: Route, connected: boolean): Unavailable => {
  const address = target.url.origin;
  if (limit.passed()) return late(address, connection.timeout / 1000, connected);
  if (limit.signal.aborted) return { ok: false, why: 'unreachable', message: `Interrupted before \`${address}\` answered.` };
  return (error as { unavailable?: Unavailable }).unavailable ?? explainError(error, `\`${address}\``);
};

const late = (address: string, afterSeconds: number, connected: boolean): Unavailable => ({
  ok: false,
  why: 'unreachable',
  cause: connected ? 'no-answer' : 'no-connection',
  afterSeconds,
  message: connected
    ? `\`${address}\` gave no answer within ${afterSeconds} s: check its load and log, or increase --request-timeout.`
    : `\`${address}\` did not complete a connection (TCP and TLS) within ${afterSeconds} s: check the address, firewall, VPN, and the server's load.`,
});
