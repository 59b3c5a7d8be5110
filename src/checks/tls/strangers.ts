/** Why the CAs of a caBundle did not sign what a server presents. */
import type { Certificate } from '../../model.ts';
import { likenessOf } from '../front-proxy/look-alikes.ts';

/** As evidence: a CA of the same name with another key, a leaf of another kind, or what may lie between the two. */
export function strangers(chain: readonly Certificate[], bundle: readonly Certificate[]): readonly string[] {
  const found = likenessOf(chain, bundle);
  if (!found) return [];
  const { top, same, alike } = found;
  if (same)
    return [`the caBundle's ${same.subject} has the signer's very name and another key: that CA was made anew, and one of the two is old`];
  if (alike.length > 0) return alike;
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
