/** One request to an https:// URL that is no kube-apiserver's: through the proxy of the environment, verified, bounded in time and size, no redirect followed. */
import http from 'node:http';
import type { SecureContext } from 'node:tls';
import type { Observed, Unavailable } from '../model.ts';
import type { Deadline } from './deadline.ts';
import { explainError } from './explain-error.ts';
import { type Environment, proxyFor } from './proxy.ts';
import { receive } from './receive.ts';
import { hostOf, openTcp, portOf, shakeHands } from './socket.ts';

export interface Way {
  readonly secureContext: SecureContext;
  readonly env: Environment;
  readonly limit: Deadline;
}
/** With a form it is a POST. */
export interface Form {
  readonly body: URLSearchParams;
  readonly authorization?: string;
}

/** Any HTTP status is an answer. */
export const fetchOnce = async (way: Way, url: URL, form?: Form): Promise<Observed<{ readonly status: number; readonly text: string }>> => {
  const { secureContext, env, limit } = way;
  const proxy = proxyFor(url, env);
  if (!proxy.ok) return { ok: false, why: 'excluded', message: proxy.problem };
  const place = `\`${url.origin}\``;
  const tcp = await openTcp(url, proxy.value, limit.signal);
  if (!tcp.ok) return tcp;
  const secured = await shakeHands(tcp.value, { secureContext, serverName: hostOf(url) }, limit.signal, url.origin);
  if (!secured.ok) return secured;
  if (!secured.value.authorized) {
    secured.value.destroy();
    return unreachable(
      `The serving certificate of ${place} fails verification (${secured.value.authorizationError}): check it and its CA.`,
    );
  }
  return new Promise((resolve) => {
    const fail = (error: Error) => resolve(limit.passed() ? unreachable(`${place} gave no answer in time.`) : explainError(error, place));
    const body = form?.body.toString();
    const request = http.request({
      createConnection: () => secured.value,
      host: hostOf(url),
      port: portOf(url),
      method: form ? 'POST' : 'GET',
      path: url.pathname + url.search,
      signal: limit.signal,
      headers: {
        host: url.host,
        connection: 'close',
        'user-agent': 'aggctl',
        accept: 'application/json',
        ...(form?.authorization && { authorization: form.authorization }),
        ...(body && { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) }),
      },
    });
    request.once('response', (response) => {
      receive(response, url.pathname, { bytes: 0 }).then((text) => {
        if (text.ok) resolve({ ok: true, value: { status: response.statusCode ?? 0, text: text.value } });
        else resolve(unreachable(`${place} answered with ${text.held}.`));
      }, fail);
    });
    request.on('error', fail);
    request.end(body);
  });
};

const unreachable = (message: string): Unavailable => ({ ok: false, why: 'unreachable', message });
