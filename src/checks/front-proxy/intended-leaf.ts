/** The certificate in the front-proxy file that is meant as the leaf. */
import type { Certificate } from '../../model.ts';

/** The first, as in Go; or the one below, if CAs precede it by mistake. The order has its own check. */
export function meantLeaf(certificates: readonly Certificate[], from = certificates[0]): Certificate | undefined {
  const below = from && certificates.slice(certificates.indexOf(from) + 1).find((one) => one.rawIssuer === from.rawSubject);
  return below && below.rawSubject !== from.rawSubject ? meantLeaf(certificates, below) : from;
}
