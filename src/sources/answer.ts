/** What a snapshot keeps for a question, made the answer that a live source would give. */
import { excessOf, list, map, number, object, string, time } from '../decode.ts';
import type { AnyQuestion, Kind, Observed, Ownership, Unavailable } from '../model.ts';
import { ofOldMessage } from './old-message.ts';
import { redactApi, redactFile, withoutSecrets } from './redact.ts';

/** What a snapshot says of itself. */
export interface About {
  /** The answer to `clock`: ISO 8601 in UTC. */
  readonly captured: string;
  /** Texts that aggctl recorded hold no secrets; of any other snapshot they are redacted when they are read. */
  readonly recorded: boolean;
}

/** What is kept: the members of an answer. Nobody has checked them yet. */
export type Kept = Readonly<Record<string, unknown>>;

/** Fills in what a person may leave out, and refuses what has another form. `where` names the place in the snapshot. */
export function answerFrom(question: AnyQuestion, kept: Kept, where: string, about: About): Observed<unknown> {
  const holds = (what: string): Unavailable => unavailable('malformed', `${where} in the snapshot holds ${what}`);
  if (question.kind === 'connection') {
    const { context = '', server = '', from = '' } = connection(kept) ?? {};
    return URL.canParse(server) ? { ok: true, value: { context, server, from } } : holds('no URL in "server"');
  }
  if (question.kind === 'handshake') {
    const answer = { chain: [], ms: 0, ...ofOldMessage(kept.error), ...handshake(kept) };
    return areTexts(kept.chain ?? []) ? { ok: true, value: answer } : holds('no list of texts in "chain"');
  }
  if (question.kind === 'api') {
    const { status, text, ms = 0, contentType = 'application/json', headers = { 'content-type': contentType } } = response(kept) ?? {};
    if (status === undefined) return holds('no number in "status"');
    if (text === undefined) return holds('no text');
    const excess = excessIn(text);
    if (excess) return holds(`JSON ${excess}`);
    const clean = about.recorded ? { ok: true as const, value: text } : withoutSecrets(where, () => redactApi(question.path, text));
    return clean.ok ? { ok: true, value: { ms, status, headers, text: clean.value } } : clean;
  }
  if (!forms[question.kind]?.includes(kept.is)) return holds(`${JSON.stringify(kept.is)} in "is"`);
  if (kept.is === 'absent') return { ok: true, value: kept };
  if (kept.is === 'directory')
    return question.kind === 'dir' && !areTexts(kept.entries) ? holds('no list of names in "entries"') : { ok: true, value: kept };
  const owned = { is: kept.is, ...ownership(about), ...owner(kept) };
  if (kept.is !== 'text') return { ok: true, value: owned };
  if (typeof kept.text !== 'string') return holds('no text');
  const { text } = kept;
  if (about.recorded || question.kind !== 'file') return { ok: true, value: { ...owned, text } };
  const clean = withoutSecrets(where, () => redactFile(question.path, text));
  return clean.ok ? { ok: true, value: { ...owned, text: clean.value } } : clean;
}

const connection = object({ context: string, server: string, from: string });
const handshake = object({
  chain: list(string),
  protocol: string,
  answer: object({ status: number, text: string }),
  error: string,
  happened: string,
  from: string,
  ms: number,
});
const response = object({ status: number, text: string, ms: number, contentType: string, headers: map(string) });
/** The owner of a file; what is known of a key, or of a file that is no text. */
const owner = object({ mode: string, uid: number, gid: number, mtime: time, publicKey: string, certificate: string, size: number });

/** Why a text that is JSON is not read. One of another kind may hold any brackets. */
export const excessIn = (text: string): string | null => (/^\s*[{[]/.test(text) ? excessOf(text) : null);

const forms: Partial<Record<Kind, readonly unknown[]>> = {
  file: ['absent', 'directory', 'binary', 'text'],
  dir: ['absent', 'directory'],
  key: ['absent', 'directory', 'pem', 'der', 'encrypted', 'certificate', 'empty', 'garbage'],
};
const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Of a file whose owner and time nobody wrote down. */
export const ownership = ({ captured }: About): Ownership => ({ mode: '0600', uid: 0, gid: 0, mtime: captured });

const reasons: readonly unknown[] = ['excluded', 'denied', 'unreachable', 'malformed'] satisfies Unavailable['why'][];
/** Why there was no answer, when that is what the snapshot keeps. */
export const asUnavailable = (kept: Kept): Unavailable | null =>
  reasons.includes(kept.why)
    ? ({ message: 'the snapshot does not say why', ...ofOldMessage(kept.message), ...kept, ok: false } as Unavailable)
    : null;

export const unavailable = (why: Unavailable['why'], message: string): Unavailable => ({ ok: false, why, message });
