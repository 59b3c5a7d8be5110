/** One text for equal questions, whatever the order of their members. */
import { isObject, parseJson } from '../decode.ts';
import type { AnyQuestion } from '../model.ts';

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

/** The question whose key this is. */
export function questionOf(key: string): AnyQuestion {
  const question = parseJson(key);
  const members = isObject(question) ? question : {};
  return { ...members, ...(members.kind === 'api' && { method: members.method ?? 'GET' }) } as unknown as AnyQuestion;
}
