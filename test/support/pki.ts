/** Makes certificates at run time: any key, any name, any extension, right or wrong. Keys are made once a process. */
import { constants, createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { bitString, boolean, integer, octetString, oid, sequence, time, tlv } from './der.ts';

const KINDS = {
  'rsa-2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'rsa-1024': () => generateKeyPairSync('rsa', { modulusLength: 1024 }),
  'rsa-512': () => generateKeyPairSync('rsa', { modulusLength: 512 }),
  'p-256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'p-384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  secp256k1: () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  ed25519: () => generateKeyPairSync('ed25519'),
  ed448: () => generateKeyPairSync('ed448'),
} as const;
export type KeyKind = keyof typeof KINDS;
export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}
const keys = new Map<string, KeyPair>();

/** The key pair of this kind and name; the same one for the whole process. */
export const keyPair = (kind: KeyKind, name = ''): KeyPair => {
  const id = `${kind}/${name}`;
  const made = keys.get(id) ?? KINDS[kind]();
  keys.set(id, made);
  return made;
};
export const publicPem = ({ publicKey }: KeyPair): string => publicKey.export({ type: 'spki', format: 'pem' }).toString();
export const privatePem = ({ privateKey }: KeyPair): string => privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const STRINGS = { utf8: 0x0c, numeric: 0x12, printable: 0x13, t61: 0x14, ia5: 0x16, bmp: 0x1e } as const;
const ATTRIBUTES = { CN: '2.5.4.3', O: '2.5.4.10', OU: '2.5.4.11', C: '2.5.4.6', SERIALNUMBER: '2.5.4.5' } as const;
export type Attribute = readonly [type: keyof typeof ATTRIBUTES, value: string, as?: keyof typeof STRINGS];

/** A distinguished name in DER, one attribute in each set; PrintableString unless said otherwise, as Go writes it. */
export const distinguishedName = (attributes: readonly Attribute[]): Buffer =>
  sequence(
    ...attributes.map(([type, value, as = 'printable']) => {
      const text = as === 'bmp' ? Buffer.from(value, 'utf16le').swap16() : Buffer.from(value, as === 't61' ? 'latin1' : 'utf8');
      return tlv(0x31, sequence(oid(ATTRIBUTES[type]), tlv(STRINGS[as], text)));
    }),
  );

const PURPOSES = { any: '2.5.29.37.0', serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2', unknown: '1.2.3.4' } as const;
const USAGES = { digitalSignature: 0x80, keyEncipherment: 0x20, keyCertSign: 0x04, cRLSign: 0x02 } as const;

/** What a certificate shall say; whatever is absent is left out of it. Without an issuer it signs itself. */
export interface Recipe {
  readonly subject: readonly Attribute[];
  readonly key: KeyPair;
  readonly issuer?: Issued;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly serial?: number;
  readonly version?: 1 | 3;
  readonly hash?: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'pss';
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number };
  readonly keyUsage?: readonly (keyof typeof USAGES)[];
  readonly extendedKeyUsage?: readonly (keyof typeof PURPOSES)[];
  /** true: SHA-1 of the key, and the issuer's; a string is taken as it is. */
  readonly subjectKeyId?: boolean | string;
  readonly authorityKeyId?: boolean | string;
  readonly dns?: readonly string[];
  readonly ip?: readonly Buffer[];
  readonly nameConstraints?: { readonly permitted?: readonly Buffer[]; readonly excluded?: readonly Buffer[] };
  readonly more?: readonly Buffer[];
}
export interface Issued {
  readonly pem: string;
  readonly der: Buffer;
  readonly name: Buffer;
  readonly key: KeyPair;
  readonly keyId: Buffer | null;
}

export const extension = (id: string, value: Buffer, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));
export const pem = (type: string, bytes: Buffer): string =>
  `-----BEGIN ${type}-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${type}-----\n`;
/** Base names of name constraints. */
export const dnsName = (name: string): Buffer => tlv(0x82, Buffer.from(name));
export const network = (...octets: readonly number[]): Buffer => tlv(0x87, Buffer.from(octets));

const keyIdOf = (given: boolean | string | undefined, key: KeyPair): Buffer | null => {
  if (!given) return null;
  return typeof given === 'string' ? Buffer.from(given) : createHash('sha1').update(spkiOf(key)).digest();
};
const spkiOf = ({ publicKey }: KeyPair): Buffer => publicKey.export({ type: 'spki', format: 'der' });

/** Makes and signs a certificate; valid from an hour ago for a day unless said otherwise. */
export const issue = (recipe: Recipe): Issued => {
  const { subject, key, issuer, hash = 'sha256', version = 3 } = recipe;
  const { notBefore = new Date(Date.now() - 3_600_000), notAfter = new Date(Date.now() + 86_400_000) } = recipe;
  const name = distinguishedName(subject);
  const keyId = keyIdOf(recipe.subjectKeyId, key);
  const signer = issuer?.key ?? key;
  const algorithm = algorithmOf(signer, hash);
  const extensions = extensionsOf(recipe, keyId);
  const body = sequence(
    ...(version === 1 ? [] : [tlv(0xa0, integer(version - 1))]),
    integer(recipe.serial ?? 1),
    algorithm,
    issuer?.name ?? name,
    sequence(time(notBefore), time(notAfter)),
    name,
    spkiOf(key),
    ...(version === 1 || extensions.length === 0 ? [] : [tlv(0xa3, sequence(...extensions))]),
  );
  const digest = signer.privateKey.asymmetricKeyType?.startsWith('ed') ? null : hash === 'pss' ? 'sha256' : hash;
  const pss = hash === 'pss' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {};
  const der = sequence(body, algorithm, bitString(sign(digest, body, { key: signer.privateKey, ...pss })));
  return { pem: pem('CERTIFICATE', der), der, name, key, keyId };
};

const extensionsOf = (recipe: Recipe, keyId: Buffer | null): readonly Buffer[] => {
  const { basicConstraints: basic, keyUsage, extendedKeyUsage, dns = [], ip = [], nameConstraints, more = [] } = recipe;
  const authority =
    typeof recipe.authorityKeyId === 'string' ? Buffer.from(recipe.authorityKeyId) : recipe.authorityKeyId ? recipe.issuer?.keyId : null;
  const subtrees = (tag: number, names: readonly Buffer[] = []) =>
    names.length > 0 ? [tlv(tag, ...names.map((one) => sequence(one)))] : [];
  const names = [...dns.map(dnsName), ...ip.map((address) => tlv(0x87, address))];
  const length = basic?.pathLength === undefined ? [] : [integer(basic.pathLength)];
  const usage = keyUsage?.reduce((bits, one) => bits | USAGES[one], 0) ?? 0;
  return [
    ...(basic ? [extension('2.5.29.19', sequence(...(basic.ca ? [boolean(true)] : []), ...length), true)] : []),
    ...(keyUsage ? [extension('2.5.29.15', bitString(Buffer.of(usage), usage === 0 ? 0 : Math.log2(usage & -usage)), true)] : []),
    ...(extendedKeyUsage ? [extension('2.5.29.37', sequence(...extendedKeyUsage.map((one) => oid(PURPOSES[one]))))] : []),
    ...(keyId ? [extension('2.5.29.14', octetString(keyId))] : []),
    ...(authority ? [extension('2.5.29.35', sequence(tlv(0x80, authority)))] : []),
    ...(names.length > 0 ? [extension('2.5.29.17', sequence(...names))] : []),
    ...(nameConstraints
      ? [extension('2.5.29.30', sequence(...subtrees(0xa0, nameConstraints.permitted), ...subtrees(0xa1, nameConstraints.excluded)), true)]
      : []),
    ...more,
  ];
};

const NULL = Buffer.of(5, 0);
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'), NULL);
const RSA = { md5: 4, sha1: 5, sha256: 11, sha384: 12 } as const;
const ECDSA = { md5: '1', sha1: '1', sha256: '3.2', sha384: '3.3', pss: '3.2' } as const;

const algorithmOf = ({ privateKey }: KeyPair, hash: NonNullable<Recipe['hash']>): Buffer => {
  switch (privateKey.asymmetricKeyType) {
    case 'rsa': {
      if (hash !== 'pss') return sequence(oid(`1.2.840.113549.1.1.${RSA[hash]}`), NULL);
      const mask = sequence(oid('1.2.840.113549.1.1.8'), SHA256);
      return sequence(oid('1.2.840.113549.1.1.10'), sequence(tlv(0xa0, SHA256), tlv(0xa1, mask), tlv(0xa2, integer(32))));
    }
    case 'ec':
      return sequence(oid(`1.2.840.10045.4.${ECDSA[hash]}`));
    default:
      return sequence(oid(privateKey.asymmetricKeyType === 'ed25519' ? '1.3.101.112' : '1.3.101.113'));
  }
};
