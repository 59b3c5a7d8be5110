/** Why a chain does not lead to a CA with the same name. */
import type { Certificate, ChainFault } from '../../model.ts';

/**
 * Evidence: why the signer only looks like one of the CAs, or where the chain to them ends. Go continues from the last certificate of the
 * presented chain, so that certificate decides.
 */
export function likeness({ kind, text }: ChainFault, chain: readonly Certificate[], cas: readonly Certificate[]): readonly string[] {
  const top = chain.findLast((one, index) => index === 0 || one.rawSubject === chain[index - 1]?.rawIssuer);
  if (!top || kind !== 'unknown-authority') return [];
  const same = cas.find((ca) => ca.rawSubject === top.rawIssuer);
  if (same && !/verification|specifies/.test(text)) return [];
  if (same)
    return [
      `the signer has the same name but another key: ${same.subject} has key id ${same.subjectKeyId ?? 'none'}, the certificate names ${top.authorityKeyId ?? 'none'}`,
    ];
  if (cas.some((ca) => ca.subject === top.issuer))
    return ['the two names look the same, but their bytes differ: one uses another string type (PrintableString, UTF8String)'];
  if (top.rawSubject === top.rawIssuer) return [];
  return [`the chain ends below ${top.issuer} and does not contain its certificate: it is missing if ${top.issuer} is an intermediate CA`];
}
