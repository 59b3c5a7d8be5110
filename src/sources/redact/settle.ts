/** Repeats what removes secrets until nothing changes: what is removed can bring together what stood apart. */

const mostPasses = 8;

/** A text after as many passes as it takes, at most 9. One with nothing to remove costs one. */
export function settle(text: string, pass: (text: string) => string): string {
  let before = text;
  let after = pass(text);
  for (let i = 0; after !== before && i < mostPasses; i++) [before, after] = [after, pass(after)];
  return after;
}
