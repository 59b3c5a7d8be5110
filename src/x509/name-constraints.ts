/** Name constraints of CA certificates: DNS names and IP addresses. Those on e-mail addresses and URIs are read but not judged. */
import type { AlternativeNames } from './alternative-names.ts';
import { cursor, Malformed, TAG } from './der.ts';
import { goQuote } from './go-quote.ts';

interface Network {
  readonly address: Buffer;
  readonly mask: Buffer;
}
interface Subtrees {
  readonly dns: readonly string[];
  readonly ip: readonly Network[];
  readonly unhandled: boolean;
}
export interface NameConstraints {
  readonly permitted: Subtrees;
  readonly excluded: Subtrees;
  /** Whether it holds a kind of name that Go does not know, such as directoryName. */
  readonly unhandled: boolean;
}

const INVALID = 'x509: invalid NameConstraints extension';

/** Reads the extension's value. Mirrors `parseNameConstraintsExtension` (crypto/x509/parser.go, Go 1.26); throws `Malformed`. */
export const readNameConstraints = (value: Buffer): NameConstraints => {
  const outer = cursor(value);
  const parts = cursor(outer.next(TAG.sequence, INVALID).value);
  const permitted = parts.at(0xa0) ? parts.next(0xa0, INVALID).value : Buffer.alloc(0);
  const excluded = parts.at(0xa1) ? parts.next(0xa1, INVALID).value : Buffer.alloc(0);
  if (!outer.done() || !parts.done()) throw new Malformed(INVALID);
  if (permitted.length === 0 && excluded.length === 0) throw new Malformed('x509: empty name constraints extension');
  const constraints = { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) };
  return { ...constraints, unhandled: constraints.permitted.unhandled || constraints.excluded.unhandled };
};

const readSubtrees = (subtrees: Buffer): Subtrees => {
  const dns: string[] = [];
  const ip: Network[] = [];
  let unhandled = false;
  for (const list = cursor(subtrees); !list.done(); ) {
    const { tag, value } = cursor(list.next(TAG.sequence, INVALID).value).next(null, INVALID);
    if ((tag === 0x81 || tag === 0x82 || tag === 0x86) && value.some((octet) => octet > 0x7f))
      throw new Malformed(`x509: invalid constraint value: x509: ${goQuote(value.toString('latin1'))} cannot be encoded as an IA5String`);
    if (tag === 0x82) dns.push(readDomain(value));
    else if (tag === 0x87) ip.push(readNetwork(value));
    else if (tag !== 0x81 && tag !== 0x86) unhandled = true;
  }
  return { dns, ip, unhandled };
};

const readDomain = (value: Buffer): string => {
  const domain = value.toString('latin1');
  if (!isDomain(domain.replace(/^\./, ''))) throw new Malformed(`x509: failed to parse dnsName constraint ${goQuote(domain)}`);
  return domain;
};

const readNetwork = (value: Buffer): Network => {
  const half = value.length / 2;
  if (half !== 4 && half !== 16) throw new Malformed(`x509: IP constraint contained value of length ${value.length}`);
  const mask = value.subarray(half);
  if (prefixLength(mask) === null) throw new Malformed(`x509: IP constraint contained invalid mask ${mask.toString('hex')}`);
  return { address: value.subarray(0, half), mask };
};

/** Mirrors `domainNameValid`: labels of visible ASCII, no empty one; no name at all passes. */
const isDomain = (name: string): boolean => /^(?:[!-\-/-~]+(?:\.[!-\-/-~]+)*)?$/.test(name);

const bits = (octets: Buffer): string => [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('');

const prefixLength = (mask: Buffer): number | null => (/^1*0*$/.test(bits(mask)) ? bits(mask).replace(/0/g, '').length : null);

/** An address of 4 or 16 octets as people write it. */
export const addressText = (octets: Buffer): string => {
  if (octets.length === 4) return octets.join('.');
  const groups = octets.toString('hex').match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
};

const coversDomain = (constraint: string, name: string): boolean => {
  const [suffix, whole] = [constraint.toLowerCase(), name.toLowerCase()];
  if (!whole.endsWith(suffix)) return false;
  return suffix === '' || suffix.startsWith('.') || suffix.length === whole.length || whole.at(-suffix.length - 1) === '.';
};

/** `*.example.com` may stand for `x.example.com`, so excluding the one excludes the other. */
const coversWildcard = (constraint: string, name: string): boolean => {
  const parent = /\..*$/.exec(constraint)?.[0];
  return name.startsWith('*') && parent !== undefined && parent.toLowerCase() === name.slice(name.indexOf('.')).toLowerCase();
};

const coversAddress = ({ address, mask }: Network, ip: Buffer): boolean =>
  address.length === ip.length && mask.every((octet, i) => ((address[i] ?? 0) & octet) === ((ip[i] ?? 0) & octet));

/** The widest of the constraints that cover a name: Go drops the narrower ones beforehand. */
const widest = <T>(covering: readonly T[], width: (constraint: T) => number): T | undefined =>
  [...covering].sort((a, b) => width(a) - width(b))[0];

/**
 * What forbids the names of one certificate under the constraints of one above it; null when nothing does.
 * Mirrors `chainConstraints.check` (crypto/x509/constraints.go, Go 1.26) for DNS names and IP addresses, and gives its text.
 */
export const forbidden = ({ permitted, excluded }: NameConstraints, names: AlternativeNames): string | null => {
  for (const ip of names.ip) {
    const what = `IP address "${addressText(ip)}"`;
    if (permitted.ip.length > 0 && !permitted.ip.some((network) => coversAddress(network, ip)))
      return `${what} is not permitted by any constraint`;
    const by = widest(
      excluded.ip.filter((network) => coversAddress(network, ip)),
      ({ mask }) => prefixLength(mask) ?? 0,
    );
    if (by) return `${what} is excluded by constraint "${addressText(by.address)}/${prefixLength(by.mask)}"`;
  }
  for (const name of names.dns) {
    const what = `DNS name ${goQuote(name)}`;
    if (!isDomain(name)) return `x509: cannot parse dnsName ${goQuote(name)}`;
    if (permitted.dns.length > 0 && !permitted.dns.some((constraint) => coversDomain(constraint, name)))
      return `${what} is not permitted by any constraint`;
    const covering = excluded.dns.filter((constraint) => coversDomain(constraint, name));
    const by = widest(covering, (constraint) => constraint.length) ?? excluded.dns.find((constraint) => coversWildcard(constraint, name));
    if (by !== undefined) return `${what} is excluded by constraint ${goQuote(by)}`;
  }
  return null;
};
