/** Why no CA of a caBundle signed the certificate that a server presents. */
import type { Certificate } from '../../model.ts';
import { likenessOf } from '../front-proxy/look-alikes.ts';

/** As evidence: a CA with the same name and another key, a self-signed leaf, or a missing intermediate. */
export function strangers(chain: readonly Certificate[], bundle: readonly Certificate[]): readonly string[] {
  const found = likenessOf(chain, bundle);
  if (!found) return [];
  const { top, same, alike } = found;
  if (same)
    return [
      `the caBundle's ${same.subject} has the same name as the signer but another key: the CA was recreated, and one of the two is old`,
    ];
  if (alike.length > 0) return alike;
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
