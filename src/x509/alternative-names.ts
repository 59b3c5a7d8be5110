/** The SubjectAltName of a certificate. */
import { cursor, type Element, Malformed, TAG } from './der.ts';

/** A SubjectAltName by kind; addresses as raw octets. */
export interface AlternativeNames {
  readonly raw: string;
  readonly dns: readonly string[];
  readonly email: readonly string[];
  readonly uri: readonly string[];
  readonly ip: readonly Buffer[];
}

/** Reads the extension's value. Mirrors `forEachSAN` and `parseSANExtension` (crypto/x509/parser.go, Go 1.26); throws `Malformed`. */
export const readAlternativeNames = (value: Buffer): AlternativeNames => {
  const found: Element[] = [];
  for (const list = cursor(cursor(value).next(TAG.sequence, 'x509: invalid subject alternative names').value); !list.done(); )
    found.push(list.next(null, 'x509: invalid subject alternative name'));
  const texts = (tag: number, what: string) =>
    found
      .filter((name) => name.tag === tag)
      .map((name) => {
        if (name.value.some((octet) => octet > 0x7f)) throw new Malformed(`x509: SAN ${what} is malformed`);
        return name.value.toString('latin1');
      });
  const ip = found.filter((name) => name.tag === 0x87).map((name) => name.value);
  const odd = ip.find((address) => address.length !== 4 && address.length !== 16);
  if (odd) throw new Malformed(`x509: cannot parse IP address of length ${odd.length}`);
  return {
    raw: value.toString('hex'),
    dns: texts(0x82, 'dNSName'),
    email: texts(0x81, 'rfc822Name'),
    uri: texts(0x86, 'uniformResourceIdentifier'),
    ip,
  };
};
