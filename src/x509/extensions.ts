/** The extensions of a certificate that decide whether Go accepts it. */
import { type AlternativeNames, readAlternativeNames } from './alternative-names.ts';
import { bitString, boolean, type Cursor, cursor, integer, Malformed, oid, TAG } from './der.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';

/** What the extensions say; null where one is absent. */
export interface Extensions {
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  readonly keyUsage: readonly string[] | null;
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly alternativeNames: AlternativeNames | null;
  readonly nameConstraints: NameConstraints | null;
  readonly unhandledCritical: readonly string[];
}

const KEY_USAGES = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];
const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
};
const AUTHORITY_INFORMATION = '1.3.6.1.5.5.7.1.1';
/** With it CRL distribution points, policies, policy mappings and constraints, inhibitAnyPolicy. */
const KNOWN = new Set([AUTHORITY_INFORMATION, '2.5.29.31', '2.5.29.32', '2.5.29.33', '2.5.29.36', '2.5.29.54']);

interface Extension {
  readonly id: string;
  readonly critical: boolean;
  readonly value: Buffer;
}

/**
 * Reads the list of extensions. Mirrors `parseExtension` and `processExtensions` (crypto/x509/parser.go, Go 1.26) and throws `Malformed`
 * with their text; the content of the extensions in `KNOWN` is not looked at.
 */
export const readExtensions = (list: Cursor): Extensions => {
  const byId = new Map<string, Extension>();
  while (!list.done()) {
    const extension = readExtension(cursor(list.next(TAG.sequence, 'x509: malformed extension').value));
    if (byId.has(extension.id)) throw new Malformed(`x509: certificate contains duplicate extension with OID "${extension.id}"`);
    byId.set(extension.id, extension);
  }
  if (byId.get(AUTHORITY_INFORMATION)?.critical) throw new Malformed('x509: authority info access incorrectly marked critical');
  const unhandled = new Set([...byId.keys()].filter((id) => !KNOWN.has(id)));
  const read = <T>(id: string, parse: (extension: Extension) => T): T | null => {
    const extension = byId.get(id);
    if (!extension) return null;
    unhandled.delete(id);
    return parse(extension);
  };
  const alternativeNames = read('2.5.29.17', ({ value }) => readAlternativeNames(value));
  const nameConstraints = read('2.5.29.30', ({ value }) => readNameConstraints(value));
  const extensions = {
    basicConstraints: read('2.5.29.19', readBasicConstraints),
    keyUsage: read('2.5.29.15', readKeyUsage),
    extendedKeyUsage: read('2.5.29.37', readExtendedKeyUsage),
    subjectKeyId: read('2.5.29.14', readSubjectKeyId),
    authorityKeyId: read('2.5.29.35', readAuthorityKeyId),
    alternativeNames,
    nameConstraints,
  };
  if (
    alternativeNames &&
    [alternativeNames.dns, alternativeNames.email, alternativeNames.uri, alternativeNames.ip].every((names) => names.length === 0)
  )
    unhandled.add('2.5.29.17');
  if (nameConstraints?.unhandled) unhandled.add('2.5.29.30');
  return { ...extensions, unhandledCritical: [...unhandled].filter((id) => byId.get(id)?.critical) };
};

const readExtension = (parts: Cursor): Extension => {
  const id = oid(parts.next(TAG.oid, 'x509: malformed extension OID field'), 'x509: malformed extension OID field');
  const flag = 'x509: malformed extension critical field';
  const critical = parts.at(TAG.boolean) && boolean(parts.next(TAG.boolean, flag), flag);
  return { id, critical, value: parts.next(TAG.octetString, 'x509: malformed extension value field').value };
};

const readBasicConstraints = ({ value }: Extension): { readonly ca: boolean; readonly pathLength: number | null } => {
  const fault = 'x509: invalid basic constraints';
  const parts = cursor(cursor(value).next(TAG.sequence, fault).value);
  const ca = parts.at(TAG.boolean) && boolean(parts.next(TAG.boolean, fault), fault);
  const pathLength = parts.at(TAG.integer) ? Number(integer(parts.next(TAG.integer, fault), fault)) : null;
  if (pathLength !== null && pathLength < 0) throw new Malformed(fault);
  return { ca, pathLength };
};

const readKeyUsage = ({ value }: Extension): readonly string[] => {
  const { bytes } = bitString(cursor(value).next(TAG.bitString, 'x509: invalid key usage'), 'x509: invalid key usage');
  return KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
};

const readExtendedKeyUsage = ({ value }: Extension): readonly string[] => {
  const fault = 'x509: invalid extended key usages';
  const purposes: string[] = [];
  for (const list = cursor(cursor(value).next(TAG.sequence, fault).value); !list.done(); ) {
    const id = oid(list.next(TAG.oid, fault), fault);
    purposes.push(PURPOSES[id] ?? id);
  }
  return purposes;
};

const readSubjectKeyId = ({ value, critical }: Extension): string => {
  if (critical) throw new Malformed('x509: subject key identifier incorrectly marked critical');
  return cursor(value).next(TAG.octetString, 'x509: invalid subject key identifier').value.toString('hex');
};

const readAuthorityKeyId = ({ value, critical }: Extension): string | null => {
  const fault = 'x509: invalid authority key identifier';
  if (critical) throw new Malformed('x509: authority key identifier incorrectly marked critical');
  const parts = cursor(cursor(value).next(TAG.sequence, fault).value);
  return parts.at(0x80) ? parts.next(0x80, fault).value.toString('hex') : null;
};
