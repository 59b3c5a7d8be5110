/** One text for equal questions, whatever the order of their members. */

/** The question as JSON: its kind, its path, then its other members in alphabetical order. A GET does not say its method. */
export function keyOf(question: object): string {
  const { kind, path, method, ...rest } = question as { kind: string; path?: string; method?: string };
  return JSON.stringify({ kind, path, ...ordered(method === 'GET' ? rest : { method, ...rest }) });
}

const ordered = (members: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, typeof value === 'object' && value !== null ? ordered(value) : value]),
  );
