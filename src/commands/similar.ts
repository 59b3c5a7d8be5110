/** Names that are like one that does not exist. Pure. */

/** At most three, most similar first; [] if none is what a person would take for the same: a letter or two off, or the same words. */
export function similar(name: string, all: readonly string[]): readonly string[] {
  const wanted = name.toLowerCase();
  return all
    .map((other) => ({ other, spelling: bySpelling(wanted, other.toLowerCase()), words: byWords(wanted, other.toLowerCase()) }))
    .filter(({ spelling, words }) => Math.max(spelling, words) >= 0.6)
    .sort((a, b) => Math.max(b.spelling, b.words) - Math.max(a.spelling, a.words) || b.spelling - a.spelling)
    .slice(0, 3)
    .map(({ other }) => other);
}

/** 1 for the same, 0 where nothing stands as in the other; the version before a group does not count. */
function bySpelling(name: string, other: string): number {
  const [a, b] = [name, other].map((one) => one.replace(/^v\d\w*\./, '')) as [string, string];
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1);
}

/** The share of the words of the shorter that both have; a version or `k8s.io` is no word. */
function byWords(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const common = one.filter((word) => other.includes(word)).length;
  return one.length === 0 || other.length === 0 ? 0 : common / Math.min(one.length, other.length);
}
const wordsOf = (name: string): readonly string[] =>
  name.split(/[^a-z0-9]+/).filter((word) => word.length > 2 && !/^(?:v\d\w*|k8s|com|org|example|the|not)$/.test(word));

/** Levenshtein distance: how many letters to change, insert or delete. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}
