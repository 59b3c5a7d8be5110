/** Why the CAs of a caBundle did not sign what a server presents. */
import type { Certificate } from '../../model.ts';

/** As evidence: a CA of the same name with another key, a leaf of another kind, or what may lie between the two. */
export function strangers(chain: readonly Certificate[], bundle: readonly Certificate[]): readonly string[] {
  const top = chain.findLast((one, index) => index === 0 || one.rawSubject === chain[index - 1]?.rawIssuer);
  if (!top) return [];
  const same = bundle.find((ca) => ca.rawSubject === top.rawIssuer);
  if (same)
    return [`the caBundle's ${same.subject} has the signer's very name and another key: that CA was made anew, and one of the two is old`];
  if (bundle.some((ca) => ca.subject === top.issuer))
    return ['the two names read alike, and Go compares their bytes: one is written in another string type (PrintableString, UTF8String)'];
  if (top.rawSubject === top.rawIssuer)
    return [
      chain.length === 1
        ? `the server signed its certificate itself, as it does when it starts without \`--tls-cert-file\`: with each start another one`
        : `the chain ends in ${top.subject}, which the caBundle does not hold`,
    ];
  return [
    `either ${top.issuer} is not below any CA of the caBundle, or it is an intermediate that the server does not send along: then append it to the server's certificate file, behind the leaf`,
  ];
}
