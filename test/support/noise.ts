/** What differs between two recordings of one cluster though nothing happened: times, uids, resourceVersions, durations, keys. */
import { X509Certificate } from 'node:crypto';
import { isObject } from '../../src/decode.ts';
import type { Entry } from '../../src/sources/lines.ts';
import { nameOf } from '../../src/sources/patch.ts';

type Entries = ReadonlyMap<string, Entry>;

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;
const uid = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;
/** The temporary folder of a lab. */
const folder = /\/tmp\/aggctl-lab\/[\w-]+/g;
const pem = /-----BEGIN (CERTIFICATE|PUBLIC KEY)-----[^-]*-----END \1-----\n?/g;
const base64Pem = /\bLS0tLS1CRUdJTi[A-Za-z0-9+/]+=*/g;

export interface Span {
  /** The times at which the two were captured. */
  readonly from: string;
  readonly to: string;
  /** Whether certificates that differ by their keys alone are the same. */
  readonly keys: boolean;
}

/**
 * The same recording, told with the noise of another one: where an answer, or a part of it, differs from the other's only by noise it takes the
 * other's; every other time moves along, so that each age stays what it was.
 */
export function quieted(own: Entries, base: Entries, { from, to, keys }: Span): Entries {
  const same = new Map<string, string>();
  const masked = masking(keys);
  const aligned = [...own].map(([key, entry]) => [key, align(entry, base.get(key), { same, masked }) as Entry] as const);
  const shift = Date.parse(to) - Date.parse(from);
  const long = [...same].filter(([one]) => one.length > 36 || one.startsWith('/'));
  const moved = (text: string): string =>
    long
      .reduce((moving, [one, other]) => moving.replaceAll(one, other), text)
      .replace(time, (one) => later(one, shift))
      .replace(uid, (one) => same.get(one) ?? pseudonym(one, same));
  return new Map(aligned.map(([key, entry]) => [key, changed(entry, base.get(key), moved) as Entry]));
}

function later(time: string, shift: number): string {
  const moved = new Date(Date.parse(time) + shift).toISOString();
  const digits = time.slice(19, -1).length - 1;
  return digits > 0 ? `${moved.slice(0, 19)}.${time.slice(20, -1)}Z` : `${moved.slice(0, 19)}Z`;
}

function pseudonym(one: string, same: Map<string, string>): string {
  const made = `00000000-0000-4000-8000-${String(same.size + 1).padStart(12, '0')}`;
  same.set(one, made);
  return made;
}

type Masked = (text: string) => string;
const masking =
  (keys: boolean): Masked =>
  (text) => {
    const plain = text.replace(time, 'TIME').replace(uid, 'UID').replace(folder, 'FOLDER');
    return keys ? plain.replace(pem, likeness).replace(base64Pem, (one) => likeness(Buffer.from(one, 'base64').toString())) : plain;
  };

/** What a certificate says, but for its keys, its serial number and the hours of its validity. */
function likeness(text: string): string {
  try {
    const one = new X509Certificate(text);
    const { subject, issuer, subjectAltName, ca, keyUsage, validFrom, validTo, publicKey } = one;
    const days = Math.round((Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000);
    return JSON.stringify([subject, issuer, subjectAltName, ca, keyUsage, days, publicKey.asymmetricKeyType]);
  } catch {
    return text.includes('PUBLIC KEY') ? 'PUBLIC KEY' : text;
  }
}

interface Sameness {
  readonly same: Map<string, string>;
  readonly masked: Masked;
}

/** The value with each part that differs by noise alone taken from the other one. */
function align(own: unknown, other: unknown, how: Sameness, name = ''): unknown {
  if (own === other) return own;
  if (isNoise(name, own, other)) return other;
  if (typeof own === 'string' && typeof other === 'string') return alignText(own, other, how);
  if (Array.isArray(own) && Array.isArray(other)) return own.map((one, index) => align(one, counterpart(one, index, other), how));
  if (!isObject(own) || !isObject(other)) return own;
  return Object.fromEntries(Object.entries(own).map(([key, value]) => [key, align(value, other[key], how, key)]));
}

/** The age of an object in a table. */
const age = /^(?:\d+[smhdy]){1,2}$/;

function alignText(own: string, other: string, how: Sameness): string {
  const [json, otherJson] = [parsedObject(own), parsedObject(other)];
  if (json && otherJson) return `${JSON.stringify(align(json, otherJson, how))}\n`;
  if (age.test(own) && age.test(other)) return other;
  if (how.masked(own) !== how.masked(other)) return own;
  for (const pattern of [uid, folder, pem, base64Pem]) {
    const known = other.match(pattern) ?? [];
    for (const [index, one] of (own.match(pattern) ?? []).entries()) how.same.set(one, known[index] ?? one);
  }
  return other;
}

/** Objects of a list are the same when their names are. */
function counterpart(one: unknown, index: number, others: readonly unknown[]): unknown {
  const name = nameOf(one);
  return name === undefined ? others[index] : others.find((other) => nameOf(other) === name);
}
/** A number of milliseconds below one second says nothing. */
const isNoise = (name: string, own: unknown, other: unknown): boolean =>
  typeof own === typeof other &&
  (name === 'resourceVersion' ||
    name === 'date' ||
    name === 'watch-cache-sizes' ||
    (name === 'ms' && Number(own) < 1000 && Number(other) < 1000));

/** Moves what is left of an answer's own noise. */
function changed(own: unknown, other: unknown, moved: (text: string) => string, name = ''): unknown {
  if (own === other) return own;
  if (typeof own === 'string') {
    const [json, otherJson] = [parsedObject(own), typeof other === 'string' ? parsedObject(other) : null];
    if (json) return `${JSON.stringify(changed(json, otherJson ?? undefined, moved))}\n`;
    if (name === 'resourceVersion') return '1';
    if (name === 'date') return undefined;
    return moved(own);
  }
  if (name === 'ms' && Number(own) < 1000) return 1;
  if (Array.isArray(own))
    return own.map((one, index) => changed(one, Array.isArray(other) ? counterpart(one, index, other) : undefined, moved));
  if (!isObject(own)) return own;
  return Object.fromEntries(
    Object.entries(own).map(([key, value]) => [key, changed(value, isObject(other) ? other[key] : undefined, moved, key)]),
  );
}

function parsedObject(text: string): object | null {
  if (!/^\s*[{[]/.test(text)) return null;
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
