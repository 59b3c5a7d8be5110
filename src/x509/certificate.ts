/** Reads one X.509 certificate as Go does. */
import { createHash } from 'node:crypto';
import type { Certificate } from '../model.ts';
import { bitString, cursor, integer, Malformed, TAG, time } from './der.ts';
import { type Extensions, readExtensions } from './extensions.ts';
import { type PublicKey, readPublicKey, signatureAlgorithm } from './key.ts';
import { addressText } from './name-constraints.ts';
import { readName } from './names.ts';

/** A certificate with the bytes that a verifier needs. */
export interface X509 {
  readonly certificate: Omit<Certificate, 'pem' | 'line'>;
  readonly extensions: Extensions;
  readonly publicKey: PublicKey;
  /** What is signed, DER. */
  readonly tbs: Buffer;
  readonly signature: Buffer;
}

const NO_EXTENSIONS = readExtensions(cursor(Buffer.alloc(0)));

/** The same certificate is in files, ConfigMaps, caBundles, handshakes and chains. Bounded for those who watch for months. */
const known = new Map<string, X509>();
const mostKnown = 1000;
const largestKnown = 16 * 1024;

/** Reads the DER of one certificate, once; throws `Malformed` with Go's text. */
export const readX509 = (der: Buffer): X509 => {
  const fingerprint = sha256(der);
  const found = known.get(fingerprint);
  if (found) return found;
  const read = parse(der, fingerprint);
  if (known.size === mostKnown) known.clear();
  if (der.length <= largestKnown) known.set(fingerprint, read);
  return read;
};

/** Mirrors `parseCertificate` (crypto/x509/parser.go, Go 1.26), in the order of its checks. */
const parse = (der: Buffer, fingerprint: string): X509 => {
  const file = cursor(der);
  const certificate = cursor(file.next(TAG.sequence, 'x509: malformed certificate').value);
  const tbs = certificate.next(TAG.sequence, 'x509: malformed tbs certificate');
  const fields = cursor(tbs.value);
  const version = 1 + Number(fields.at(0xa0) ? explicitVersion(fields.next(0xa0, 'x509: malformed version').value) : 0n);
  if (version < 1) throw new Malformed('x509: malformed version');
  if (version > 3) throw new Malformed('x509: invalid version');
  const serial = integer(fields.next(TAG.integer, 'x509: malformed serial number'), 'x509: malformed serial number');
  if (serial < 0n) throw new Malformed('x509: negative serial number');
  const inner = fields.next(TAG.sequence, 'x509: malformed signature algorithm identifier');
  const outer = certificate.next(TAG.sequence, 'x509: malformed algorithm identifier');
  if (!inner.value.equals(outer.value)) throw new Malformed("x509: inner and outer signature algorithm identifiers don't match");
  const algorithm = signatureAlgorithm(inner);
  const rawIssuer = fields.next(TAG.sequence, 'x509: malformed issuer');
  const issuer = readName(rawIssuer);
  const validity = cursor(fields.next(TAG.sequence, 'x509: malformed validity').value);
  const [notBefore, notAfter] = [time(validity), time(validity)];
  const rawSubject = fields.next(TAG.sequence, 'x509: malformed issuer');
  const subject = readName(rawSubject);
  const spki = fields.next(TAG.sequence, 'x509: malformed spki');
  const publicKey = readPublicKey(spki.raw);
  if (version > 1 && fields.at(0x81)) fields.next(0x81, 'x509: malformed issuerUniqueID');
  if (version > 1 && fields.at(0x82)) fields.next(0x82, 'x509: malformed subjectUniqueID');
  const extensions =
    version === 3 && fields.at(0xa3) ? explicitExtensions(fields.next(0xa3, 'x509: malformed extensions').value) : NO_EXTENSIONS;
  const signature = bitString(certificate.next(TAG.bitString, 'x509: malformed signature'), 'x509: malformed signature');
  if (!file.done()) throw new Malformed('x509: trailing data');
  const { alternativeNames, nameConstraints, ...judged } = extensions;
  return {
    certificate: {
      subject: subject.text,
      issuer: issuer.text,
      commonName: subject.commonName,
      organizations: subject.organizations,
      rawSubject: rawSubject.raw.toString('hex'),
      rawIssuer: rawIssuer.raw.toString('hex'),
      serial: { decimal: serial.toString(), hex: evenHex(serial) },
      notBefore,
      notAfter,
      key: publicKey.text,
      signatureAlgorithm: algorithm,
      version,
      ...judged,
      nameConstraints: nameConstraints !== null,
      names: [
        ...(alternativeNames?.dns ?? []),
        ...(alternativeNames?.ip ?? []).map(addressText),
        ...(alternativeNames?.email ?? []),
        ...(alternativeNames?.uri ?? []),
      ],
      fingerprint,
      publicKeySha256: sha256(spki.raw),
    },
    extensions,
    publicKey,
    tbs: tbs.raw,
    signature: signature.bytes,
  };
};

const explicitVersion = (value: Buffer): bigint => {
  const fault = 'x509: malformed version';
  const content = cursor(value);
  const version = integer(content.next(TAG.integer, fault), fault);
  if (!content.done()) throw new Malformed(fault);
  return version;
};

const explicitExtensions = (value: Buffer): Extensions => {
  const fault = 'x509: malformed extensions';
  return readExtensions(cursor(cursor(value).next(TAG.sequence, fault).value));
};

/** As openssl and Node print a serial number: whole octets, capitals. */
export const evenHex = (serial: bigint): string => {
  const hex = serial.toString(16).toUpperCase();
  return hex.length % 2 === 0 ? hex : `0${hex}`;
};

/** SHA-256 in hex, lower case. */
export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
