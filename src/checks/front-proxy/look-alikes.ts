/** Why a chain does not lead to a CA with the same name. */
import type { Certificate, ChainFault } from '../../model.ts';

/** The last certificate of the presented chain, from which Go continues, and the CA with its issuer's name, byte for byte. */
interface Likeness {
  readonly top: Certificate;
  readonly same: Certificate | undefined;
  /** As evidence: the names differ only in their bytes. [] when they do not. */
  readonly alike: readonly string[];
}
export function likenessOf(chain: readonly Certificate[], cas: readonly Certificate[]): Likeness | null {
  const top = chain.findLast((one, index) => index === 0 || one.rawSubject === chain[index - 1]?.rawIssuer);
  if (!top) return null;
  const same = cas.find((ca) => ca.rawSubject === top.rawIssuer);
  const alike =
    !same && cas.some((ca) => ca.subject === top.issuer)
      ? ['the two names look the same, but Go compares their bytes: one uses another string type (PrintableString, UTF8String)']
      : [];
  return { top, same, alike };
}

/** As evidence: what makes the signer of a client certificate look like one of the CAs, or where the way to them is cut off. */
export function likeness({ kind, text }: ChainFault, chain: readonly Certificate[], cas: readonly Certificate[]): readonly string[] {
  const found = likenessOf(chain, cas);
  if (!found || kind !== 'unknown-authority') return [];
  const { top, same, alike } = found;
  if (same && !/verification|specifies/.test(text)) return [];
  if (same)
    return [
      `the signer has the same name but another key: ${same.subject} has key id ${same.subjectKeyId ?? 'none'}, the certificate names ${top.authorityKeyId ?? 'none'}`,
    ];
  if (alike.length > 0 || top.rawSubject === top.rawIssuer) return alike;
  return [`the chain ends below ${top.issuer} and does not contain its certificate: it is missing if ${top.issuer} is an intermediate CA`];
}
