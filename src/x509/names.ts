/** Distinguished names of certificates. */
import { cursor, type Element, Malformed, oid, TAG } from './der.ts';

/** A distinguished name as text, in the order of the certificate: `O=system:masters, CN=x`. */
export interface Name {
  readonly text: string;
  /** The last one, as in Go's pkix.Name; '' when there is none. */
  readonly commonName: string;
  readonly organizations: readonly string[];
}

const COMMON_NAME = '2.5.4.3';
const ORGANIZATION = '2.5.4.10';
const SHORT: Readonly<Record<string, string>> = {
  [COMMON_NAME]: 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  [ORGANIZATION]: 'O',
  '2.5.4.11': 'OU',
  '2.5.4.17': 'POSTALCODE',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};
const INVALID = 'x509: invalid RDNSequence';

/** Reads a Name. Mirrors `parseName` (crypto/x509/parser.go, Go 1.26); throws `Malformed` with its text. */
export const readName = (name: Element): Name => {
  const sets: { readonly type: string; readonly value: string }[][] = [];
  for (const relative = cursor(name.value); !relative.done(); ) {
    const set = cursor(relative.next(TAG.set, INVALID).value);
    const attributes: { readonly type: string; readonly value: string }[] = [];
    while (!set.done()) {
      const attribute = cursor(set.next(TAG.sequence, `${INVALID}: invalid attribute`).value);
      const type = oid(attribute.next(TAG.oid, `${INVALID}: invalid attribute type`), `${INVALID}: invalid attribute type`);
      attributes.push({ type, value: readString(attribute.next(null, `${INVALID}: invalid attribute value`)) });
    }
    sets.push(attributes);
  }
  const valuesOf = (type: string) =>
    sets
      .flat()
      .filter((attribute) => attribute.type === type)
      .map((attribute) => attribute.value);
  return {
    text: sets.map((set) => set.map(({ type, value }) => `${SHORT[type] ?? type}=${value}`).join('+')).join(', '),
    commonName: valuesOf(COMMON_NAME).at(-1) ?? '',
    organizations: valuesOf(ORGANIZATION),
  };
};

/** Mirrors `parseASN1String` (crypto/x509/parser.go, Go 1.26), `*` and `&` in a PrintableString included. */
const readString = ({ tag, value }: Element): string => {
  const invalid = (what: string) => new Malformed(`${INVALID}: invalid attribute value: ${what}`);
  const latin1 = value.toString('latin1');
  switch (tag) {
    case TAG.utf8String: {
      const text = value.toString('utf8');
      if (!Buffer.from(text, 'utf8').equals(value)) throw invalid('invalid UTF-8 string');
      return text;
    }
    case TAG.printableString:
      if (!/^[A-Za-z0-9'()+,\-./ :=?*&]*$/.test(latin1)) throw invalid('invalid PrintableString');
      return latin1;
    case TAG.ia5String:
      if (value.some((octet) => octet > 0x7f)) throw invalid('invalid IA5String');
      return latin1;
    case TAG.numericString:
      if (!/^[0-9 ]*$/.test(latin1)) throw invalid('invalid NumericString');
      return latin1;
    case TAG.t61String:
      return latin1;
    case TAG.bmpString: {
      if (value.length % 2 !== 0) throw invalid('invalid BMPString');
      const text = Buffer.from(value).swap16().toString('utf16le').replace(/\0$/, '');
      if (/[\uD800-\uDFFF\uFDD0-\uFDEF\uFFFE\uFFFF]/.test(text)) throw invalid('invalid BMPString');
      return text;
    }
    default:
      throw invalid(`unsupported string type: ${tag}`);
  }
};
