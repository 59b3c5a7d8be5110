/** Why no CA of a caBundle signed the certificate that a server presents. */
import type { Certificate } from '../../model.ts';

/** As evidence: a CA with the same name and another key, a self-signed leaf, or a missing intermediate. */
export function strangers(chain: readonly Certificate[], bundle: readonly Certificate[]): readonly string[] {
  const top = chain.findLast((one, index) => index === 0 || one.rawSubject === chain[index - 1]?.rawIssuer);
  if (!top) return [];
  const same = bundle.find((ca) => ca.rawSubject === top.rawIssuer);
  if (same)
    return [
      `the caBundle's ${same.subject} has the same name as the signer but another key: the CA was recreated, and one of the two is old`,
    ];
  if (bundle.some((ca) => ca.subject === top.issuer))
    return ['the two names look the same, but Go compares their bytes: one uses another string type (PrintableString, UTF8String)'];
  if (top.rawSubject === top.rawIssuer)
    return [
      chain.length === 1
        ? `the server signed its own certificate, as it does without \`--tls-cert-file\`: it creates a new one at each start`
        : `the chain ends in ${top.subject}, which the caBundle does not contain`,
    ];
  return [
    `either no CA of the caBundle signed ${top.issuer}, or it is an intermediate that the server does not send (it belongs after the leaf in the server's certificate file)`,
  ];
}
