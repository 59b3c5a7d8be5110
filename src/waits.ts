/** What is waited for now, as one line. Time is given. */
import { duration } from './format.ts';
import type { Waits } from './model.ts';

/** Below this nobody waits, milliseconds. */
const notable = 1000;

/** `line`: what is waited for, and how long; null while that is not worth a line. `hide` is called before a person types. */
export function waitsOf(now: () => number, hide: () => void): Waits & { readonly line: () => string | null } {
  const held = new Set<{ readonly what: string; readonly since: number; readonly limit: number }>();
  const ended = new Map<string, number>();
  let typists = 0;
  return {
    begin(what, limit) {
      const wait = { what, since: now(), limit };
      held.add(wait);
      return () => {
        if (held.delete(wait)) ended.set(what, (ended.get(what) ?? 0) + 1);
      };
    },
    typing() {
      typists += 1;
      hide();
      return () => {
        typists -= 1;
      };
    },
    line() {
      // In the order in which they began.
      const [oldest] = held;
      if (!oldest || typists > 0) return null;
      const age = now() - oldest.since;
      if (age < notable) return null;
      const { what, limit } = oldest;
      const names = [...held].map((wait) => wait.what);
      const others = new Set(names).size - 1;
      const done = ended.get(what) ?? 0;
      const counted = done > 0 ? ` (${done} of ${done + names.filter((name) => name === what).length} done)` : '';
      const long = `${duration(age)}${limit > 0 ? ` of ${duration(limit)}` : ''}`;
      return `waiting for ${what}${counted}, ${long}${others > 0 ? `, and for ${others} more` : ''}`;
    },
  };
}
