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
    .replace(/^Get "[^"]*": /, '')
    .replace(/^tls: failed to verify certificate: /, '')
    .replace(/^bad status from \S+: /, 'bad status: ');

/** The first row that matches the reason or the text. */
export const recognise = (reason: string, text: string): FailureSignature | undefined =>
  signatures.find(({ matches }) => matches.test(reason) || matches.test(text));
