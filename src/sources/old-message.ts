/**
 * Recordings made before these fields were there hold only the sentence that a person reads, where later ones hold `cause`, `afterSeconds` and `happened`,
 * too. They are derived from that sentence here, and nowhere else.
 */
import type { Unavailable } from '../model.ts';

export function ofOldMessage(message: unknown): Pick<Unavailable, 'cause' | 'afterSeconds' | 'happened'> {
  if (typeof message !== 'string') return {};
  const happened = message.replace(/^`[^`]*` /, '').replace(/: check .*/, '');
  const [, words, seconds] = /(gave no answer|completed no connection \(TCP and TLS\)) within ([\d.]+) s/.exec(message) ?? [];
  if (seconds === undefined) return happened === message ? {} : { happened };
  return { happened, cause: words === 'gave no answer' ? 'no-answer' : 'no-connection', afterSeconds: Number(seconds) };
}
