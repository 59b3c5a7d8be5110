/** Writes DER, right or wrong as the caller likes it. */

/** One value: identifier octet, length, content. */
export const tlv = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const hex = body.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(tag, 0x80 | length.length), length, body]);
};

export const sequence = (...content: readonly Buffer[]): Buffer => tlv(0x30, ...content);

/** Not negative. */
export const integer = (value: bigint | number): Buffer => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return tlv(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
};

export const boolean = (value: boolean): Buffer => tlv(0x01, Buffer.of(value ? 0xff : 0));

export const bitString = (bytes: Buffer, padding = 0): Buffer => tlv(0x03, Buffer.of(padding), bytes);

export const octetString = (bytes: Buffer): Buffer => tlv(0x04, bytes);

export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (arc: number): number[] =>
    arc < 128 ? [arc] : [...base128(Math.trunc(arc / 128)).map((octet) => octet | 0x80), arc % 128];
  return tlv(0x06, Buffer.from([40 * first + second, ...rest].flatMap(base128)));
};

/** UTCTime until 2049, GeneralizedTime from 2050, as RFC 5280 asks. */
export const time = (date: Date): Buffer => {
  const digits = `${date.toISOString().replace(/[-:T]|\.\d+/g, '')}`;
  return date.getUTCFullYear() < 2050 ? tlv(0x17, Buffer.from(digits.slice(2))) : tlv(0x18, Buffer.from(digits));
};
