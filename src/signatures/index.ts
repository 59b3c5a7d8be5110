/** Recognizes Kubernetes' messages about an APIService that does not serve. */
import type { FailureSignature } from '../model.ts';
import { signatures } from './failures.ts';

export { signatures } from './failures.ts';

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

/** The text without what kube-aggregator puts around it: URLs, `failing or missing response`, `tls: failed to verify certificate`. */
export const innerText = (message: string): string =>
  message
    .replace(/^(?:failing or missing|no) response from \S+: /, '')
    .replace(/^error trying to reach service: /, '')
    .replace(/^Get (?:"[^"]*"|https:\S+): /, '')
    .replace(/^tls: failed to verify certificate: /, '')
    .replace(/^bad status from \S+: /, 'bad status: ');

/** `host:port` of the connection that a text is about, as Go's net.OpError writes it; null: it names none. */
export const connectionIn = (text: string): string | null =>
  /dial tcp (\S+:\d+): /.exec(text)?.[1] ?? /(?:read|write) tcp \S+->(\S+:\d+): /.exec(text)?.[1] ?? null;
/** `host:port` of the URL that kube-aggregator puts before its reason. */
export const addressIn = (message: string): string | null => /https:\/\/([^/]+)\/apis\//.exec(message)?.[1] ?? null;

/** The first row that matches the reason or the text. */
export const recognise = (reason: string, text: string): FailureSignature | undefined =>
  signatures.find(({ matches }) => matches.test(reason) || matches.test(text));
