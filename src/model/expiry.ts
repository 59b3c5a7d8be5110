/** When a certificate is due for renewal: one definition for all commands. Pure. */
import type { Certificate } from './certificate.ts';
import type { UserOptions } from './user-options.ts';

const day = 24 * 3_600_000;

/** `fail` and `warn`: it expires within that span. null: it does not expire soon. */
type Expiry = 'expired' | 'fail' | 'warn' | null;

/**
 * The default is 30 days or a fifth of the lifetime, whichever is shorter; `late`, milliseconds, where it is renewed later than that.
 */
function expiryOf(
  { notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>,
  now: Date,
  { warnWithin, failWithin }: Pick<UserOptions, 'warnWithin' | 'failWithin'>,
  late?: number,
): Expiry {
  const left = notAfter.getTime() - now.getTime();
  if (left < 0) return 'expired';
  if (failWithin !== undefined && left < failWithin) return 'fail';
  return left < warningSpan({ notBefore, notAfter }, warnWithin, late) ? 'warn' : null;
}
/** `fail` and `warn`: it expires within the spans of `--fail-within` and `--warn-within`, or soon by default. */
export type CertificateState = 'expired' | 'not-yet-valid' | 'fail' | 'warn' | 'valid';

/** How long before its end a warning begins, milliseconds. */
export const warningSpan = (
  { notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>,
  warnWithin?: number,
  late?: number,
): number => warnWithin ?? late ?? Math.min(30 * day, (notAfter.getTime() - notBefore.getTime()) / 5);

export function certificateState(
  certificate: Pick<Certificate, 'notBefore' | 'notAfter'>,
  ...how: readonly [now: Date, within: Pick<UserOptions, 'warnWithin' | 'failWithin'>, late?: number]
): CertificateState {
  const expiry = expiryOf(certificate, ...how);
  return expiry !== 'expired' && certificate.notBefore > how[0] ? 'not-yet-valid' : (expiry ?? 'valid');
}

/** A certificate on which the validity of a chain depends. */
export interface ChainLink {
  readonly is: 'leaf' | 'intermediate' | 'root';
  readonly certificate: Certificate;
}
/** From the leaf to the first CA that is trusted, as Go looks for one: of several of one name the one that lasts longest counts. */
export function linksOf(chain: readonly Certificate[], roots: readonly Certificate[]): readonly ChainLink[] {
  const [leaf] = chain;
  const links: ChainLink[] = leaf ? [{ is: 'leaf', certificate: leaf }] : [];
  for (let top = leaf; top && links.length <= chain.length; ) {
    const issuer = top.rawIssuer;
    const longest = (all: readonly Certificate[]) =>
      all.filter(({ rawSubject }) => rawSubject === issuer).toSorted((a, b) => b.notAfter.getTime() - a.notAfter.getTime())[0];
    const root = longest(roots);
    const next = top.rawSubject === issuer ? undefined : longest(chain);
    if (root) return root.fingerprint === top.fingerprint ? links : [...links, { is: 'root', certificate: root }];
    if (next) links.push({ is: 'intermediate', certificate: next });
    top = next;
  }
  return links;
}
/** Of those that expire soon the first; null: none does. An expired one is no matter of soon. */
export function firstToExpire<L extends ChainLink>(
  links: readonly L[],
  ...how: readonly [now: Date, within: Pick<UserOptions, 'warnWithin' | 'failWithin'>, late?: number]
): { readonly link: L; readonly expiry: 'fail' | 'warn' } | null {
  const found = links.flatMap((link) => {
    const expiry = expiryOf(link.certificate, ...how);
    return expiry === 'fail' || expiry === 'warn' ? [{ link, expiry }] : [];
  });
  return found.toSorted((a, b) => a.link.certificate.notAfter.getTime() - b.link.certificate.notAfter.getTime())[0] ?? null;
}
