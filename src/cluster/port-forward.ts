/** A stream to a port of a Pod, through the API server (pods/portforward over WebSocket). */
import http from 'node:http';
import type { Socket } from 'node:net';
import { duplexPair, PassThrough } from 'node:stream';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Observed, Question } from '../model.ts';
import type { Connection } from './connect.ts';
import type { CurrentCredentials } from './credentials.ts';
import type { Deadline } from './deadline.ts';
import { impersonation } from './impersonate.ts';
import { openRoute } from './request.ts';
import { targetOf } from './target.ts';

type Pod = NonNullable<Question['handshake']['pod']>;

/**
 * Opens it with the connection's own credentials, identity and proxy. Of client-node one module is loaded, and only here; what it asks of a
 * kubeconfig is answered by the connection, because client-node ignores impersonated groups and proxies. Ends with the deadline, and with the stream.
 */
export async function forwardPort(
  connection: Connection,
  current: CurrentCredentials,
  { namespace, name, port }: Pod,
  limit: Deadline,
): Promise<Observed<Socket>> {
  const what = `pods/portforward of ${namespace}/${name}`;
  const target = targetOf(connection);
  if (!target.ok) return target;
  const credentials = await current();
  if (!credentials.ok) return credentials;
  const { PortForward } = await import('@kubernetes/client-node/dist/portforward.js');
  const route = { connection, credentials: credentials.value, target: target.value, limit };
  const headers = {
    'user-agent': 'aggctl',
    ...(credentials.value.authorization !== null && { authorization: credentials.value.authorization }),
    ...impersonation(connection.user),
  };
  // The agent makes TLS itself, so that the library sees plain HTTP.
  const server = `http://${target.value.url.host}${target.value.url.pathname.replace(/\/$/, '')}`;
  const config: Pick<KubeConfig, 'getCurrentCluster' | 'applyToHTTPSOptions'> = {
    getCurrentCluster: () => ({ name: 'it', server, skipTLSVerify: false }),
    applyToHTTPSOptions: async (options) => {
      Object.assign(options, { agent: agentOf(() => openRoute(route)), headers, handshakeTimeout: connection.timeout });
    },
  };
  const [near, far] = duplexPair();
  const complaints = new PassThrough();
  try {
    const socket = await new PortForward(config as KubeConfig).portForward(namespace, name, [port], far, complaints, far);
    const closing = socket as { close(): void; onclose: (() => void) | null };
    closing.onclose = () => far.end();
    near.once('close', () => closing.close());
    limit.signal.addEventListener('abort', () => near.destroy(), { once: true });
    // TLS works over any stream of bytes.
    return { ok: true, value: near as Socket };
  } catch (error) {
    const { message, error: cause } = error as { message?: string; error?: { unavailable?: Observed<never> } };
    return cause?.unavailable ?? { ok: false, why: 'unreachable', message: `${what} failed: ${message ?? String(error)}.` };
  }
}

const agentOf = (open: () => Promise<Observed<Socket>>): http.Agent =>
  Object.assign(new http.Agent(), {
    createConnection: (_: object, done: (error: Error | null, socket?: Socket) => void): void => {
      open().then(
        (opened) => (opened.ok ? done(null, opened.value) : done(Object.assign(new Error(opened.message), { unavailable: opened }))),
        (error: Error) => done(error),
      );
    },
  });
