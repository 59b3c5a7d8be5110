/** Public keys and signature algorithms of certificates, named as Go names them. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { bitString, cursor, type Element, integer, Malformed, oid, TAG } from './der.ts';

interface Described {
  /** For people: `RSA 2048`, `ECDSA P-256`, `Ed25519`. */
  readonly text: string;
}
/** A public key; one that Go does not know (`null`) it passes over. `bits` is the size of the modulus. */
export type PublicKey = Described &
  (
    | { readonly algorithm: 'RSA'; readonly bits: number; readonly key: KeyObject }
    | { readonly algorithm: 'ECDSA' | 'Ed25519'; readonly key: KeyObject }
    | { readonly algorithm: 'DSA' }
    | { readonly algorithm: null }
  );

const CURVES: Readonly<Record<string, { readonly name: string; readonly octets: number }>> = {
  '1.3.132.0.33': { name: 'P-224', octets: 57 },
  '1.2.840.10045.3.1.7': { name: 'P-256', octets: 65 },
  '1.3.132.0.34': { name: 'P-384', octets: 97 },
  '1.3.132.0.35': { name: 'P-521', octets: 133 },
};

/** Reads a SubjectPublicKeyInfo. Mirrors `parsePublicKey` (crypto/x509/parser.go, Go 1.26); throws `Malformed` with its text. */
export const readPublicKey = (spki: Buffer): PublicKey => {
  const outer = cursor(cursor(spki).next(TAG.sequence, 'x509: malformed spki').value);
  const algorithm = cursor(outer.next(TAG.sequence, 'x509: malformed public key algorithm identifier').value);
  const type = oid(algorithm.next(TAG.oid, 'x509: malformed OID'), 'x509: malformed OID');
  const parameters = algorithm.done() ? null : algorithm.next(null, 'x509: malformed parameters');
  const data = bitString(outer.next(TAG.bitString, 'x509: malformed subjectPublicKey'), 'x509: malformed subjectPublicKey').bytes;
  switch (type) {
    case '1.2.840.113549.1.1.1':
      return rsa(parameters, data, spki);
    case '1.2.840.10045.2.1':
      return ecdsa(parameters, data, spki);
    case '1.3.101.112':
      if (parameters) throw new Malformed('x509: Ed25519 key encoded with illegal parameters');
      if (data.length !== 32) throw new Malformed('x509: wrong Ed25519 public key size');
      return { algorithm: 'Ed25519', text: 'Ed25519', key: keyObject(spki, 'x509: malformed spki') };
    case '1.2.840.10040.4.1':
      return { algorithm: 'DSA', text: 'DSA' };
    default:
      return { algorithm: null, text: `unknown (${type})` };
  }
};

const rsa = (parameters: Element | null, data: Buffer, spki: Buffer): PublicKey => {
  if (parameters?.raw.toString('hex') !== '0500') throw new Malformed('x509: RSA key missing NULL parameters');
  const key = cursor(cursor(data).next(TAG.sequence, 'x509: invalid RSA public key').value);
  const modulus = integer(key.next(TAG.integer, 'x509: invalid RSA modulus'), 'x509: invalid RSA modulus');
  const exponent = integer(key.next(TAG.integer, 'x509: invalid RSA public exponent'), 'x509: invalid RSA public exponent');
  if (modulus <= 0n) throw new Malformed('x509: RSA modulus is not a positive number');
  if (exponent <= 0n) throw new Malformed('x509: RSA public exponent is not a positive number');
  const bits = modulus.toString(2).length;
  return { algorithm: 'RSA', bits, text: `RSA ${bits}`, key: keyObject(spki, 'x509: invalid RSA public key') };
};

const ecdsa = (parameters: Element | null, data: Buffer, spki: Buffer): PublicKey => {
  if (parameters?.tag !== TAG.oid) throw new Malformed('x509: invalid ECDSA parameters');
  const curve = CURVES[oid(parameters, 'x509: invalid ECDSA parameters')];
  if (!curve) throw new Malformed('x509: unsupported elliptic curve');
  if (data[0] !== 4) throw new Malformed('ecdsa: invalid uncompressed public key');
  const point = curve.name.replace('-', '');
  if (data.length !== curve.octets) throw new Malformed(`invalid ${point} point encoding`);
  return { algorithm: 'ECDSA', text: `ECDSA ${curve.name}`, key: keyObject(spki, `${point} point not on curve`) };
};

/** OpenSSL refuses what Go has let pass up to here for one reason of note, which `fault` says in Go's words. */
const keyObject = (spki: Buffer, fault: string): KeyObject => {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    throw new Malformed(fault);
  }
};

const SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'MD5-RSA',
  '1.2.840.113549.1.1.5': 'SHA1-RSA',
  '1.3.14.3.2.29': 'SHA1-RSA',
  '1.2.840.113549.1.1.11': 'SHA256-RSA',
  '1.2.840.113549.1.1.12': 'SHA384-RSA',
  '1.2.840.113549.1.1.13': 'SHA512-RSA',
  '1.2.840.10040.4.3': 'DSA-SHA1',
  '2.16.840.1.101.3.4.3.2': 'DSA-SHA256',
  '1.2.840.10045.4.1': 'ECDSA-SHA1',
  '1.2.840.10045.4.3.2': 'ECDSA-SHA256',
  '1.2.840.10045.4.3.3': 'ECDSA-SHA384',
  '1.2.840.10045.4.3.4': 'ECDSA-SHA512',
  '1.3.101.112': 'Ed25519',
};
/** Hash, mask generation with the same hash, salt as long as the hash: the only RSASSA-PSS parameters that Go takes; with NULLs or without. */
const PSS =
  /^30..a0..30..0609(6086480165030402(?:01|02|03))(?:0500)?a1..30..06092a864886f70d01010830..0609\1(?:0500)?a2030201(20|30|40)(?:a303020101)?$/;
const PSS_HASHES: Readonly<Record<string, string>> = { '01/20': 'SHA256', '02/30': 'SHA384', '03/40': 'SHA512' };

/** Name of the algorithm in an AlgorithmIdentifier: `SHA256-RSA` as Go prints it, or the dotted OID of one that Go does not know. */
export const signatureAlgorithm = (identifier: Element): string => {
  const parts = cursor(identifier.value);
  const type = oid(parts.next(TAG.oid, 'x509: malformed OID'), 'x509: malformed OID');
  const parameters = parts.done() ? null : parts.next(null, 'x509: malformed parameters');
  if (type === '1.2.840.113549.1.1.10') {
    const [, hash = '', salt = ''] = PSS.exec(parameters?.raw.toString('hex') ?? '') ?? [];
    const name = PSS_HASHES[`${hash.slice(-2)}/${salt}`];
    return name ? `${name}-RSAPSS` : type;
  }
  return type === '1.3.101.112' && parameters ? type : (SIGNATURES[type] ?? type);
};
