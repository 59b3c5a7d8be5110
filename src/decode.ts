/**
 * What anybody may send → values of known types. Go writes null for an empty list, and a server or a snapshot may hold anything anywhere: what is
 * not of the type that is expected is absent.
 */

/** Gives the value if it is one of T. Never throws. */
export type Decoder<T> = (value: unknown) => T | undefined;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

export const string: Decoder<string> = (value) => (typeof value === 'string' ? value : undefined);
export const number: Decoder<number> = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
export const boolean: Decoder<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
/** As `intstr.IntOrString` of k8s.io/apimachinery. */
export const intOrString: Decoder<number | string> = (value) => number(value) ?? string(value);
/**
 * The time in a text of RFC 3339, such as `2026-11-23T15:11:41Z`. A day or an hour that does not exist is none, and neither is the year 1,
 * which Go writes where there is no time.
 */
export const date: Decoder<Date> = (value) => {
  const [, local] =
    (typeof value === 'string' && /^((?!000[01])\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.exec(value)) || [];
  // A day that does not exist, such as 30 February, comes back as another one.
  const exists = local !== undefined && looseDate(`${local}Z`)?.toISOString().startsWith(local);
  return exists ? looseDate(value) : undefined;
};
/** The text of such a time. */
export const time: Decoder<string> = (value) => (date(value) ? string(value) : undefined);
/** The time in a Date header (RFC 9110, 5.6.7). */
export const httpDate: Decoder<Date> = (value) => {
  const at = looseDate(value);
  return at?.toUTCString() === value ? at : undefined;
};
/** The time that is so many seconds after 1970. */
export const unixDate: Decoder<Date> = (value) => (typeof value === 'number' ? looseDate(value * 1000) : undefined);
/** What JavaScript takes for a time, up to the year 9999: a text of many forms, or milliseconds since 1970. */
export const looseDate: Decoder<Date> = (value) => {
  const at = typeof value === 'string' || typeof value === 'number' ? new Date(value) : undefined;
  return at && at.getUTCFullYear() <= 9999 ? at : undefined;
};
/** Whatever it is: who reads it must expect everything. */
export const anything: Decoder<unknown> = (value) => value;

/** The items that `of` takes. */
export const list =
  <T>(of: Decoder<T>): Decoder<readonly T[]> =>
  (value) =>
    Array.isArray(value) ? value.map(of).filter((item): item is T & {} => item !== undefined) : undefined;

/** The entries whose values `of` takes. */
export const map =
  <T>(of: Decoder<T>): Decoder<Readonly<Record<string, T>>> =>
  (value) => {
    if (!isObject(value)) return undefined;
    const entries = Object.entries(value).flatMap(([key, each]): [string, T][] => {
      const decoded = of(each);
      return decoded === undefined ? [] : [[key, decoded]];
    });
    return Object.fromEntries(entries);
  };

type Fields = Readonly<Record<string, Decoder<unknown>>>;
/** Those of the fields that are there; no others. */
export const object =
  <F extends Fields>(fields: F): Decoder<{ readonly [K in keyof F]?: Decoded<F[K]> }> =>
  (value) => {
    if (!isObject(value)) return undefined;
    const decoded: Record<string, unknown> = {};
    for (const name in fields) {
      const field = Object.hasOwn(value, name) ? fields[name]?.(value[name]) : undefined;
      if (field !== undefined) decoded[name] = field;
    }
    return decoded as { readonly [K in keyof F]?: Decoded<F[K]> };
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Kubernetes nests objects some thirty deep; so deep a text ends some programs. */
const deepest = 200;
/** Kubernetes writes some twenty characters a value: these are twenty megabytes. Each takes a hundred bytes and more once it is read. */
const most = 1_000_000;

/** The value of a JSON text; undefined when it is not JSON, or more than `excessOf` lets through. */
export function parseJson(text: string): unknown {
  if (excessOf(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a JSON text is not read, in words that follow "JSON"; null: it is read. */
export function excessOf(text: string): string | null {
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x2c) values += 1;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      values += 1;
      if (depth > deepest) return `nested more than ${deepest} levels deep`;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return values > most ? 'of more than a million values' : null;
}
/** Where the string that begins here ends: at the next quote behind an even number of backslashes. */
function endOfString(text: string, begin: number): number {
  for (let end = text.indexOf('"', begin + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === 0x5c) before -= 1;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}
