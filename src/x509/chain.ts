/**
 * Go's judgement of a certificate chain: what the request-header verifier of an extension server
 * (k8s.io/apiserver/pkg/authentication/request/x509, v1.37) decides with `Certificate.Verify` (crypto/x509/verify.go, Go 1.26).
 * Names are compared as DER bytes. Not judged: policy constraints, and name constraints on e-mail addresses and URIs.
 */
import type { Certificate, ChainFault } from '../model.ts';
import { readX509, type X509 } from './certificate.ts';
import { goQuote } from './go-quote.ts';
import { hostnameFault } from './hostname.ts';
import { forbidden } from './name-constraints.ts';
import { pemBlocks } from './pem.ts';
import { signatureFault } from './signature.ts';

/** A chain as presented, leaf first; the trusted certificates; the moment to judge at; what the leaf is used for. */
export interface Verification {
  readonly chain: readonly Certificate[];
  readonly roots: readonly Certificate[];
  readonly at: Date;
  readonly usage: 'clientAuth' | 'serverAuth';
  /** Of a server: the DNS name that the leaf must be for. */
  readonly host?: string;
}

/** null when the chain verifies, else Go's verdict. */
export const verifyChain = (judged: Verification): ChainFault | null => judge(judged, invalid);

/**
 * The verdict with the leaf's own dates taken as good and all others judged at the same moment: what stays wrong once the leaf is
 * renewed by the same CA.
 */
export const secondFault = (judged: Verification): ChainFault | null =>
  judge(judged, (link, role, below, at) => invalid(link, role, below, role === 'leaf' ? link.certificate.notBefore : at));

type Validity = typeof invalid;
type Role = 'leaf' | 'intermediate' | 'root';
/** From the leaf up. */
type Path = readonly [X509, ...X509[]];
interface Search {
  readonly pools: readonly { readonly role: Role; readonly pool: readonly X509[] }[];
  readonly at: Date;
  readonly validity: Validity;
  checks: number;
}

const judge = ({ chain, roots, at, usage, host }: Verification, validity: Validity): ChainFault | null => {
  const [leaf, ...presented] = chain.map(reread);
  if (!leaf) return { kind: 'other', text: "tls: client didn't provide a certificate", above: false };
  const trusted = distinct(roots.map(reread));
  const own = validity(leaf, 'leaf', [], at) ?? (host === undefined ? null : hostnameFault(leaf, host));
  if (own) return own;
  const pools = [
    { role: 'root' as const, pool: trusted },
    { role: 'intermediate' as const, pool: distinct(presented) },
  ];
  const isRoot = trusted.some(({ certificate }) => certificate.fingerprint === leaf.certificate.fingerprint);
  const { paths, fault } = isRoot ? { paths: [[leaf] as const], fault: null } : build([leaf], { pools, at, validity, checks: 0 });
  if (fault) return fault;
  const refusals = paths.map((path) => refusal(path, usage));
  return refusals.includes(null) ? null : (refusals.find((one) => one?.kind === 'constraint') ?? refusals[0] ?? null);
};

/** The bytes that a verifier needs are in the PEM; it was read before, so it is well-formed. */
const reread = ({ pem }: Certificate): X509 => readX509(pemBlocks(pem)[0]?.bytes ?? Buffer.alloc(0));

/** As `CertPool.AddCert`: equal certificates count once, where the first of them stands. */
const distinct = (pool: readonly X509[]): readonly X509[] => [
  ...new Map(pool.map((link) => [link.certificate.fingerprint, link])).values(),
];

/** Mirrors `isValid`; the issuer's name has been compared before. */
function invalid({ certificate }: X509, role: Role, below: readonly X509[], at: Date): ChainFault | null {
  const { notBefore, notAfter, basicConstraints, unhandledCritical } = certificate;
  const above = role !== 'leaf';
  const expiry = 'x509: certificate has expired or is not yet valid: current time';
  if (unhandledCritical.length > 0) return { kind: 'other', text: 'x509: unhandled critical extension', above };
  if (at < notBefore) return { kind: 'not-yet-valid', text: `${expiry} ${rfc3339(at)} is before ${rfc3339(notBefore)}`, above };
  if (at > notAfter) return { kind: 'expired', text: `${expiry} ${rfc3339(at)} is after ${rfc3339(notAfter)}`, above };
  if (role === 'intermediate' && !basicConstraints?.ca)
    return { kind: 'not-authorized-to-sign', text: 'x509: certificate is not authorized to sign other certificates', above };
  if (below.length - 1 > (basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY))
    return { kind: 'constraint', text: 'x509: too many intermediates for path length constraint', above };
  return null;
}

/** Go prints whole seconds. */
const rfc3339 = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** As `maxChainSignatureChecks`. */
const MAX_CHECKS = 100;
const LIMIT: ChainFault = {
  kind: 'other',
  text: 'x509: signature check attempts limit reached while verifying certificate chain',
  above: true,
};

/** Mirrors `buildChains`. The fault of a candidate stands, although a later candidate may lack even the signature: so does Go's. */
const build = (path: Path, search: Search): { readonly paths: readonly Path[]; readonly fault: ChainFault | null } => {
  const child = path.at(-1) ?? path[0];
  const paths: Path[] = [];
  let fault: ChainFault | null = null;
  let hint = '';
  const candidates = search.pools.flatMap(({ role, pool }) => potentialParents(pool, child).map((candidate) => ({ role, candidate })));
  for (const { role, candidate } of candidates) {
    search.checks += 1;
    if (search.checks > MAX_CHECKS) {
      fault = LIMIT;
      break;
    }
    if (candidate.publicKey.algorithm === null || alreadyIn(path, candidate)) continue;
    const unsigned = signatureFault(child, candidate);
    if (!unsigned) fault = search.validity(candidate, role, path, search.at);
    const reason = unsigned ?? fault?.text;
    if (reason) {
      hint ||= ` (possibly because of ${goQuote(reason)} while trying to verify candidate authority certificate ${goQuote(label(candidate))})`;
    } else if (role === 'root') {
      paths.push([...path, candidate]);
    } else {
      const further = build([...path, candidate], search);
      paths.push(...further.paths);
      fault = further.fault;
      if (fault === LIMIT) break;
    }
  }
  const unknown = {
    kind: 'unknown-authority',
    text: `x509: certificate signed by unknown authority${hint}`,
    above: path.length > 1,
  } as const;
  return { paths, fault: paths.length > 0 ? null : (fault ?? unknown) };
};

/** Mirrors `findPotentialParents`: equal name bytes, the likeliest key identifiers first. */
const potentialParents = (pool: readonly X509[], child: X509): readonly X509[] => {
  const wanted = child.certificate.authorityKeyId ?? '';
  const rank = ({ certificate }: X509): number => {
    const id = certificate.subjectKeyId ?? '';
    if (id === wanted) return 0;
    return id === '' || wanted === '' ? 1 : 2;
  };
  return pool.filter(({ certificate }) => certificate.rawSubject === child.certificate.rawIssuer).sort((a, b) => rank(a) - rank(b));
};

/** Mirrors `alreadyInChain`: same subject, key and alternative names. */
const alreadyIn = (path: Path, candidate: X509): boolean => {
  const names = candidate.extensions.alternativeNames?.raw;
  for (const { certificate, extensions } of path) {
    if (certificate.rawSubject !== candidate.certificate.rawSubject) continue;
    if (certificate.publicKeySha256 !== candidate.certificate.publicKeySha256) continue;
    const own = extensions.alternativeNames?.raw;
    if (own === names) return true;
    if (own === undefined || names === undefined) return false;
  }
  return false;
};

const label = ({ certificate }: X509): string =>
  certificate.commonName || certificate.organizations[0] || `serial:${certificate.serial.decimal}`;

/** What speaks against a complete path: extended key usage along it, then name constraints. */
const refusal = (path: Path, usage: Verification['usage']): ChainFault | null => {
  const [leaf] = path;
  if (!path.every((link) => allows(link, usage)))
    return { kind: 'incompatible-usage', text: 'x509: certificate specifies an incompatible key usage', above: allows(leaf, usage) };
  for (const [i, { extensions }] of path.entries()) {
    if (!extensions.alternativeNames) continue;
    for (const { extensions: upper } of path.slice(i + 1)) {
      const reason = upper.nameConstraints && forbidden(upper.nameConstraints, extensions.alternativeNames);
      if (reason) {
        const text = `x509: a root or intermediate certificate is not authorized to sign for this name: ${reason}`;
        return { kind: 'constraint', text, above: true };
      }
    }
  }
  return null;
};

/** Mirrors `checkChainForKeyUsage`: no list, or an empty one, allows everything. */
const allows = ({ certificate: { extendedKeyUsage } }: X509, usage: Verification['usage']): boolean =>
  !extendedKeyUsage?.length || extendedKeyUsage.includes('anyExtendedKeyUsage') || extendedKeyUsage.includes(usage);
