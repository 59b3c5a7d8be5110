/** Questions in a snapshot and their answers, in few words. */
import { isObject } from '../decode.ts';
import { plural } from '../format.ts';
import type { Answer, AnyQuestion, Observed } from '../model.ts';

/** The question as a person writes it; equal questions alone have equal texts. */
export function questionText(question: AnyQuestion): string {
  if (question.kind === 'api') {
    const { method, path, accept, body, server, nth } = question;
    const rest = [accept && `as ${accept}`, body && `with ${body}`, server && `from ${server}`, nth && `again ${nth}`].filter(Boolean);
    return [`${method} ${path}`, ...rest].join(' ');
  }
  if (question.kind === 'handshake') {
    const { kind, host, port, serverName, present, pair, request, pod } = question;
    const rest = [
      present === 'none' ? '' : `presenting ${pair?.certificate ?? present}`,
      request ? `GET ${request.path}` : '',
      request && Object.keys(request.headers).length > 0 ? `with ${JSON.stringify(request.headers)}` : '',
      pod ? `pod ${pod.namespace}/${pod.name}:${pod.port}` : '',
    ].filter(Boolean);
    return [`${kind} ${host}:${port} ${serverName}`, ...rest].join(' ');
  }
  return 'path' in question ? `${question.kind} ${question.path}` : question.kind;
}

/** What kind of answer there is. */
export function answerText(question: AnyQuestion, observed: Observed<unknown>): string {
  if (!observed.ok) return observed.why;
  if (question.kind === 'api') return String((observed.value as Answer['api']).status);
  if (question.kind === 'connection') return (observed.value as Answer['connection'])?.server ?? 'no kubeconfig';
  if (question.kind === 'handshake') {
    const { chain, error } = observed.value as Answer['handshake'];
    return error && chain.length === 0 ? 'failed' : plural(chain.length, 'certificate');
  }
  return String((observed.value as Answer['file']).is);
}

/** How large the text of an answer is, bytes; 0 for none. */
export function textSize({ ok, ...observed }: Observed<unknown>): number {
  const text = ok && 'value' in observed && isObject(observed.value) ? observed.value.text : undefined;
  return typeof text === 'string' ? Buffer.byteLength(text) : 0;
}
/** How many of its values are withheld. */
export const withheldIn = (observed: Observed<unknown>): number => JSON.stringify(observed).split('REDACTED').length - 1;

/** A size as people read it. */
export const sizeText = (bytes: number): string => (bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`);

/** At most three texts that have most words in common with this one; of a word its beginning counts. */
export function nearest(text: string, among: readonly string[]): readonly string[] {
  const words = wordsOf(text);
  const common = (one: string) =>
    words.filter((word) => wordsOf(one).some((other) => other.startsWith(word) || word.startsWith(other))).length;
  return among
    .map((one) => ({ one, score: common(one) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.one.length - b.one.length)
    .slice(0, 3)
    .map(({ one }) => one);
}
const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word.length > 2 && word !== 'get');
