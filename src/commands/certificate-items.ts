/** The certificates of the aggregation layer as data, each with its state at a moment. */
import type { Gathered } from '../check.ts';
import { extensionServers, type Presented } from '../facts/shared/extension-handshakes.ts';
import { type LayerCertificate, layerCertificates } from '../facts/shared/layer-certificates.ts';
import { type CertificateItem, certificateState, type Observed, type UserOptions, warningSpan } from '../model.ts';

type Within = Pick<UserOptions, 'warnWithin' | 'failWithin'>;

/** `state`: `fail` and `warn` where it expires within these spans. */
export function certificateItem(
  { role, name, certificate, places, nodes, trustedBy, ignored, late }: LayerCertificate,
  now: Date,
  within: Within,
): CertificateItem {
  const { subject, issuer, serial, key, signatureAlgorithm, fingerprint, notBefore, notAfter } = certificate;
  const before = (span: number) => new Date(Math.max(notBefore.getTime(), notAfter.getTime() - span)).toISOString();
  return {
    name,
    role,
    subject,
    issuer,
    serial,
    key,
    signatureAlgorithm,
    fingerprint,
    notBefore: notBefore.toISOString(),
    expires: notAfter.toISOString(),
    residual: notAfter.getTime() - now.getTime(),
    state: certificateState(certificate, now, within, late),
    warnsFrom: before(warningSpan(certificate, within.warnWithin, late)),
    failsFrom: within.failWithin === undefined ? null : before(within.failWithin),
    ignored,
    places,
    nodes,
    trustedBy,
  };
}

/** All that a diagnosis has seen; those of extension servers only if one of its checks looked. */
export function certificatesIn(gathered: Gathered, within: Within): readonly CertificateItem[] {
  const { cluster, apiservice } = gathered;
  const now = cluster.now.ok ? cluster.now.value : new Date();
  const services = (apiservice.ok ? apiservice.value : []).flatMap(({ facts: { apiService, serving } }) => {
    const seen = serving?.ok ? serving.value : null;
    if (!apiService.ok || seen?.from !== 'handshake' || !('probe' in seen.at)) return [];
    const presented: Observed<Presented> = { ok: true, value: { chain: seen.chain, place: seen.at.probe } };
    return extensionServers([apiService.value]).map((server) => ({ ...server, presented: [presented] }));
  });
  return layerCertificates(gathered, services, now).certificates.map((one) => certificateItem(one, now, within));
}
