/** A snapshot that is told as a difference from another one, and the difference. */
import { type Entry, encodeEntry, withJson, withText } from './lines.ts';
import { patched, patchOf } from './patch.ts';

type Entries = ReadonlyMap<string, Entry>;

/** The entries of a snapshot together with those of the one that it extends. */
export function extended(base: Entries, own: Entries): Entries {
  const whole = new Map(base);
  for (const [key, entry] of own) {
    if ('answer' in entry && entry.answer === null) whole.delete(key);
    else whole.set(key, ('changes' in entry && withChanges(key, base.get(key), entry.changes)) || entry);
  }
  return whole;
}

/** What `extended` needs to make `own` of the base: as little as possible. */
export function difference(own: Entries, base: Entries): Entries {
  const differs = [...own].flatMap(([key, entry]): [string, Entry][] => {
    const before = base.get(key);
    const text = encodeEntry(key, entry);
    if (before && encodeEntry(key, before) === text) return [];
    const changes = changesOf(key, before, entry);
    const again = changes && withChanges(key, before, changes);
    return [[key, again && encodeEntry(key, again) === text ? { changes } : entry]];
  });
  const removed = [...base.keys()].filter((key) => !own.has(key)).map((key): [string, Entry] => [key, { answer: null }]);
  return new Map([...differs, ...removed]);
}

const answerOf = (key: string, entry: Entry | undefined): object | null =>
  entry && 'answer' in entry && typeof entry.answer === 'object' && entry.answer !== null ? withJson(key, entry.answer) : null;

function withChanges(key: string, before: Entry | undefined, changes: object): Entry | null {
  const answer = answerOf(key, before);
  return answer && { answer: withText(patched(answer, changes) as Record<string, unknown>) };
}

function changesOf(key: string, before: Entry | undefined, after: Entry): Readonly<Record<string, unknown>> | null {
  const [old, now] = [answerOf(key, before), answerOf(key, after)];
  return old && now && (patchOf(old, now) as Record<string, unknown>);
}
