/** A request over HTTPS, or plain HTTP, from inside a lab's namespace. */
import { request as openPlain } from 'node:http';
import { request as openSecure } from 'node:https';
import type { HttpAnswer, HttpRequest } from './protocol.ts';

/** Fails on anything but an HTTP answer; gives up after `milliseconds`. A connection of its own each time: a restarted server leaves no stale one. */
export function request({ url, method = 'GET', headers = {}, body, cert, key, milliseconds }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers,
      cert,
      key,
      rejectUnauthorized: false,
      agent: false as const,
      signal: AbortSignal.timeout(milliseconds),
    };
    const open = url.startsWith('http:') ? openPlain : openSecure;
    const sent = open(url, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
