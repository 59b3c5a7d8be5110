/** Which certificate of the front-proxy file is meant to be presented. */
import type { Certificate } from '../../model.ts';

/** The first, as Go takes it; or, where CAs stand before it by mistake, the one below them. Their order is another check. */
export function meantLeaf(certificates: readonly Certificate[], from = certificates[0]): Certificate | undefined {
  const below = from && certificates.slice(certificates.indexOf(from) + 1).find((one) => one.rawIssuer === from.rawSubject);
  return below && below.rawSubject !== from.rawSubject ? meantLeaf(certificates, below) : from;
}
