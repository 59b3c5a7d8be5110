/** Recognizes Kubernetes' messages about an APIService that does not serve. */
import type { FailureSignature } from '../model.ts';
import { signatures } from './failures.ts';

export { signatures } from './failures.ts';
export { isOfAgents } from './tunnels.ts';

/** For a text that matches no row. */
export const other: FailureSignature = {
  kind: 'other',
  matches: /^/,
  hop: 'discovery',
  side: 'extension server',
  short: 'failing',
  meaning: 'kube-apiserver gets no usable answer from the extension API server',
  next: 'read the logs of the extension API server and of kube-apiserver',
};

/** How much of a message is read: a proxy or an extension server may send any. */
const longest = 32_768;

/** The text without what kube-aggregator puts around it: URLs, `failing or missing response`, `tls: failed to verify certificate`. */
export const innerText = (message: string): string =>
  message
    .slice(0, longest)
    .trim()
    .replace(/^(?:failing or missing|no) response from \S+: /, '')
    .replace(/^error trying to reach service: /, '')
    .replace(/^Get (?:"[^"]*"|https:\S+): /, '')
    .replace(/^tls: failed to verify certificate: /, '')
    .replace(/^bad status from \S+: /, 'bad status: ');

/**
 * What an answer to a user says. Of one that kube-apiserver gives in the place of the extension server that is the error of the connection;
 * any other begins with its status, because its text is the extension server's own and may tell of connections that are.
 */
export const answerText = (status: number, text: string): string =>
  /^\s*error trying to reach service: /.test(text) ? innerText(text) : `${status} ${innerText(text)}`;

/** `host:port` of the connection that a text is about, as Go's net.OpError writes it; null: it names none. */
export const connectionIn = (text: string): string | null =>
  /dial tcp (\S+:\d+): /.exec(text)?.[1] ?? /(?:read|write) tcp \S+->(\S+:\d+): /.exec(text)?.[1] ?? null;
/** `host:port` of the URL that kube-aggregator puts before its reason. */
export const addressIn = (message: string): string | null => /https:\/\/([^/]+)\/apis\//.exec(message)?.[1] ?? null;

/** The first row that matches the reason or the text. */
export const recognise = (reason: string, text: string): FailureSignature | undefined =>
  signatures.find(({ matches }) => matches.test(reason) || matches.test(text));
