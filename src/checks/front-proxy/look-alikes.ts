/** Why a chain does not lead to CAs that look as if it did. */
import type { Certificate, ChainFault } from '../../model.ts';

/**
 * As evidence: what makes the signer look like one of the CAs, or where the way to them is cut off. The last certificate of the chain that is
 * presented is what counts, for Go goes up from there.
 */
export function likeness({ kind, text }: ChainFault, chain: readonly Certificate[], cas: readonly Certificate[]): readonly string[] {
  const top = chain.findLast((one, index) => index === 0 || one.rawSubject === chain[index - 1]?.rawIssuer);
  if (!top || kind !== 'unknown-authority') return [];
  const same = cas.find((ca) => ca.rawSubject === top.rawIssuer);
  if (same && !/verification|specifies/.test(text)) return [];
  if (same)
    return [
      `the signer has this very name and another key: ${same.subject} there has the key id ${same.subjectKeyId ?? 'none'}, asked for is ${top.authorityKeyId ?? 'none'}`,
    ];
  if (cas.some((ca) => ca.subject === top.issuer))
    return ['the two names read alike, and Go compares their bytes: one is written in another string type (PrintableString, UTF8String)'];
  if (top.rawSubject === top.rawIssuer) return [];
  return [
    `if ${top.issuer} is itself below that CA, its certificate is missing: append it to the client certificate's file, behind the leaf`,
  ];
}
