/** The difference of two JSON values, in words a person can read: changed members only, and objects of a list by their names. */
import { isObject } from '../decode.ts';

/** What `patched` needs to make `after` of `before`. It may fail to: a member that is null, a list in another order. Who needs to be sure, compares. */
export function patchOf(before: unknown, after: unknown): unknown {
  const [old, now] = [byName(before), byName(after)];
  if (!old || !now || Array.isArray(before) !== Array.isArray(after)) return after;
  const changed = [...now].filter(([name, value]) => !old.has(name) || JSON.stringify(old.get(name)) !== JSON.stringify(value));
  return Object.fromEntries([
    ...changed.map(([name, value]) => [name, old.has(name) ? patchOf(old.get(name), value) : value]),
    ...[...old.keys()].filter((name) => !now.has(name)).map((name) => [name, null]),
  ]);
}

/** The value with the changes of a patch: null removes a member. What was sorted by name stays sorted. */
export function patched(before: unknown, patch: unknown): unknown {
  const members = byName(before);
  if (!members || !isObject(patch)) return patch;
  const sorted = isSorted([...members.keys()]);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) members.delete(name);
    else members.set(name, members.has(name) ? patched(members.get(name), value) : value);
  }
  const all = [...members];
  if (sorted) all.sort(([a], [b]) => (a < b ? -1 : 1));
  return Array.isArray(before) ? all.map(([, value]) => value) : Object.fromEntries(all);
}

/** The members of an object, or the objects of a list by their names; null of anything else. */
function byName(value: unknown): Map<string, unknown> | null {
  if (isObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return null;
  const names = value.map(nameOf);
  const unique = new Set(names).size === names.length && !names.includes(undefined);
  return unique ? new Map(value.map((one, index) => [names[index] as string, one])) : null;
}

/** Of an object of the API, a row of a table, a container, a condition. */
export function nameOf(one: unknown): string | undefined {
  if (!isObject(one)) return undefined;
  const { metadata, object, name, type } = one;
  const found = [metadata, isObject(object) ? object.metadata : undefined].flatMap((meta) => (isObject(meta) ? [meta.name] : []));
  return [...found, name, type].find((text): text is string => typeof text === 'string');
}

const isSorted = (names: readonly string[]): boolean => names.every((name, index) => index === 0 || (names[index - 1] as string) <= name);
