/** What a snapshot keeps for a question, made the answer that a live source would give. */
import type { AnyQuestion, Kind, Observed, Ownership, Unavailable } from '../model.ts';
import { ofOldMessage } from './old-message.ts';
import { redactApi, redactFile } from './redact.ts';

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
  if (question.kind === 'connection') return { ok: true, value: kept };
  if (question.kind === 'handshake') {
    const answer = { chain: [], ms: 0, ...ofOldMessage(kept.error), ...kept };
    return areTexts(answer.chain) ? { ok: true, value: answer } : holds('no list of texts in "chain"');
  }
  if (question.kind === 'api') {
    const { contentType, text, headers = { 'content-type': contentType ?? 'application/json' }, ...rest } = kept;
    if (typeof kept.status !== 'number') return holds('no number in "status"');
    if (typeof text !== 'string') return holds('no text');
    return { ok: true, value: { ms: 0, ...rest, headers, text: about.recorded ? text : redactApi(question.path, text) } };
  }
  if (!forms[question.kind]?.includes(kept.is)) return holds(`${JSON.stringify(kept.is)} in "is"`);
  if (kept.is === 'absent') return { ok: true, value: kept };
  if (kept.is === 'directory')
    return question.kind === 'dir' && !areTexts(kept.entries) ? holds('no list of names in "entries"') : { ok: true, value: kept };
  const owned = { ...ownership(about), ...kept };
  if (kept.is !== 'text') return { ok: true, value: owned };
  if (typeof kept.text !== 'string') return holds('no text');
  return {
    ok: true,
    value: { ...owned, text: about.recorded || question.kind !== 'file' ? kept.text : redactFile(question.path, kept.text) },
  };
}

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
