/** Reads DER as strictly as Go does: golang.org/x/crypto/cryptobyte/asn1.go as vendored in Go 1.26. */

import type { Observed } from '../model.ts';

/** Thrown by the readers below with Go's own text; `attempt` turns it into a value. */
export class Malformed extends Error {}

/** What a reader gives, or `malformed` with Go's text. */
export const attempt = <T>(read: () => T): Observed<T> => {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, why: 'malformed', message: error.message };
    throw error;
  }
};

/** Identifier octets of the ASN.1 types that certificates are made of. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
} as const;

/** One DER value. `raw` includes identifier and length octets. */
export interface Element {
  readonly tag: number;
  readonly value: Buffer;
  readonly raw: Buffer;
}
/** Walks over the DER values in some bytes. */
export interface Cursor {
  readonly done: () => boolean;
  /** Whether the next value has this tag. */
  readonly at: (tag: number) => boolean;
  /** Takes the next value; throws `Malformed` with this text when it is not there, has another tag or is not DER. */
  readonly next: (tag: number | null, fault: string) => Element;
}

/** A cursor at the start of `bytes`. */
export const cursor = (bytes: Buffer): Cursor => {
  let offset = 0;
  return {
    done: () => offset >= bytes.length,
    at: (tag) => bytes[offset] === tag,
    next: (tag, fault) => {
      const element = elementAt(bytes, offset);
      if (!element || (tag !== null && element.tag !== tag)) throw new Malformed(fault);
      offset += element.raw.length;
      return element;
    },
  };
};

/** Low tag numbers, definite and minimal lengths only, as DER demands. */
const elementAt = (bytes: Buffer, offset: number): Element | null => {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  const start = offset + 2 + lengthOctets;
  if (first === 0x80 || lengthOctets > 4 || start > bytes.length) return null;
  const length = lengthOctets === 0 ? first : bytes.readUIntBE(offset + 2, lengthOctets);
  if (lengthOctets > 0 && (length < 0x80 || length < 2 ** (8 * (lengthOctets - 1)))) return null;
  const end = start + length;
  return end > bytes.length ? null : { tag, value: bytes.subarray(start, end), raw: bytes.subarray(offset, end) };
};

/** The INTEGER's value; throws `Malformed(fault)` unless minimally encoded. */
export const integer = (element: Element, fault: string): bigint => {
  const [first, second] = element.value;
  const padded = second !== undefined && ((first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (first === undefined || padded) throw new Malformed(fault);
  return BigInt.asIntN(8 * element.value.length, BigInt(`0x${element.value.toString('hex')}`));
};

/** The BOOLEAN's value; DER knows 00 and FF only. */
export const boolean = (element: Element, fault: string): boolean => {
  const hex = element.value.toString('hex');
  if (hex !== '00' && hex !== 'ff') throw new Malformed(fault);
  return hex === 'ff';
};

/** The octets of a BIT STRING and how many bits of the last one are padding. */
export const bitString = (element: Element, fault: string): { readonly bytes: Buffer; readonly padding: number } => {
  const padding = element.value[0];
  const bytes = element.value.subarray(1);
  const last = bytes.at(-1) ?? 0;
  if (padding === undefined || padding > 7 || (bytes.length === 0 && padding > 0) || (last & ((1 << padding) - 1)) !== 0)
    throw new Malformed(fault);
  return { bytes, padding };
};

/** The OBJECT IDENTIFIER in dots. */
export const oid = (element: Element, fault: string): string => {
  const arcs: number[] = [];
  let arc: number | null = null;
  for (const octet of element.value) {
    if ((arc === null && octet === 0x80) || (arc ?? 0) >= 2 ** 24) throw new Malformed(fault);
    const value: number = (arc ?? 0) * 128 + (octet & 0x7f);
    arc = octet < 0x80 ? null : value;
    if (arc === null) arcs.push(value);
  }
  const [first, ...rest] = arcs;
  if (first === undefined || arc !== null) throw new Malformed(fault);
  const root = Math.min(Math.trunc(first / 40), 2);
  return [root, first - 40 * root, ...rest].join('.');
};

/** Takes a UTCTime (years 1950 to 2049) or a GeneralizedTime: whole seconds, in UTC or with an offset. */
export const time = (from: Cursor): Date => {
  const utc = from.at(TAG.utcTime);
  if (!utc && !from.at(TAG.generalizedTime)) throw new Malformed('x509: unsupported time format');
  const fault = `x509: malformed ${utc ? 'UTCTime' : 'GeneralizedTime'}`;
  const form = utc ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/;
  const match = form.exec(from.next(null, fault).value.toString('latin1'));
  if (!match) throw new Malformed(fault);
  const [, digits = '', month, day, hour, minute, second = '00', zone = 'Z'] = match;
  const year = utc ? `${Number(digits) < 50 ? '20' : '19'}${digits}` : digits;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const asUtc = new Date(`${local}Z`);
  // A day that does not exist, such as 30 February, comes back as another one.
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(local)) throw new Malformed(fault);
  const moment = zone === 'Z' ? asUtc : new Date(`${local}${zone.slice(0, 3)}:${zone.slice(3)}`);
  if (Number.isNaN(moment.getTime())) throw new Malformed(fault);
  return moment;
};
