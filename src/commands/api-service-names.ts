/** The names that people use for APIServices. Pure. */

/** `apiservice/…`, as kubectl prints and accepts it. */
const prefix = /^apiservices?(?:\.(?:v1\.)?apiregistration\.k8s\.io)?\//i;

/** The name of the object: `v1beta1.metrics.k8s.io` is also `metrics.k8s.io/v1beta1` and `apiservice/v1beta1.metrics.k8s.io`. */
export function apiServiceName(text: string): string {
  const bare = text.replace(prefix, '');
  const [, group, version] = /^([^/]+)\/(v\d\w*)$/.exec(bare) ?? [];
  return group ? `${version}.${group}` : bare;
}

/** Names similar to one that does not exist, most similar first; [] if none is. */
export function nearNames(name: string, all: readonly string[]): readonly string[] {
  const words = new Set(
    name
      .toLowerCase()
      .split(/[./]/)
      .filter((word) => word.length > 2 && !['k8s', 'com', 'org', 'example'].includes(word)),
  );
  const common = (other: string) => other.split('.').filter((word) => words.has(word)).length;
  const like = (other: string) => common(other) * 3 - distance(name.toLowerCase(), other) / Math.max(name.length, other.length);
  return all
    .filter((other) => common(other) > 0 || distance(name.toLowerCase(), other) <= Math.max(2, name.length / 5))
    .sort((a, b) => like(b) - like(a))
    .slice(0, 3);
}

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
