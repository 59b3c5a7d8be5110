/** What `-o html` draws beside the report: certificates' lifetimes, and the path of a request through each APIService. */
import type { Gathered } from '../check.ts';
import { checks } from '../checks/index.ts';
import { extensionServers } from '../facts/shared/extension-handshakes.ts';
import { certificateFacts, type Handshaken, type LayerCertificate } from '../facts/shared/layer-certificates.ts';
import { type Ask, certificateState, type Drawings, type Lifetime, type UserOptions, warningSpan } from '../model.ts';
import { formatOf } from '../render/formats.ts';
import { placeText } from '../render/text/place.ts';
import type { Diagnosis } from '../run/index.ts';
import { narrow } from '../run/narrow.ts';
import { presentsForeign } from '../run/trust-map.ts';
import { notChecked, seenCertificates } from './seen-certificates.ts';

/** The formats that were asked for: that of stdout, and those of files. */
export interface Outputs {
  readonly output?: string;
  readonly outputFiles?: readonly { readonly format: string }[];
}
export const isDrawn = ({ output, outputFiles = [] }: Outputs): boolean =>
  [output, ...outputFiles.map(({ format }) => format)].some((format) => formatOf(format).drawn);

/** Asks for the certificates as `aggctl certs` does; of the diagnosis nothing changes. */
export async function drawingsOf(
  asks: readonly Ask[],
  gathered: Gathered,
  diagnosis: Diagnosis,
  { userOptions, manifest }: { readonly userOptions: UserOptions; readonly manifest?: string },
): Promise<Drawings> {
  const { at } = userOptions;
  const how = { userOptions: { ...(at && { at }) }, ...(manifest && { manifest }), wanted: certificateFacts };
  const { now, certificates, unseen } = await seenCertificates(asks, how, seenBefore(gathered));
  const names = gathered.apiservice.ok ? gathered.apiservice.value.map(({ subject }) => subject.name) : [];
  return {
    now: now.toISOString(),
    presentsForeign: presentsForeign(gathered),
    certificates: certificates.map((one) => lifetimeOf(one, now, userOptions)),
    unseen: unseen.map(notChecked),
    apiservices: diagnosis.apiservices ?? narrow(checks, gathered, diagnosis, names).apiservices ?? [],
  };
}

/** What the diagnosis has seen extension servers present; null: nothing. */
function seenBefore({ apiservice }: Gathered): readonly Handshaken[] | null {
  const seen = (apiservice.ok ? apiservice.value : []).flatMap(({ facts: { apiService, serving } }) => {
    if (!apiService.ok || !serving?.ok || !serving.value) return [];
    const { chain, at } = serving.value;
    return extensionServers([apiService.value]).map((one) => ({
      ...one,
      presented: [{ ok: true as const, value: { chain, place: placeText(at) } }],
    }));
  });
  return seen.length > 0 ? seen : null;
}

function lifetimeOf({ name, certificate, places, trustedBy, ignored, late }: LayerCertificate, now: Date, within: UserOptions): Lifetime {
  const { subject, issuer, notBefore, notAfter } = certificate;
  const { warnWithin, failWithin } = within;
  const before = (span: number) => new Date(Math.max(notBefore.getTime(), notAfter.getTime() - span)).toISOString();
  return {
    name,
    subject,
    issuer,
    places,
    trustedBy,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    warnsFrom: before(warningSpan(certificate, warnWithin, late)),
    failsFrom: failWithin === undefined ? null : before(failWithin),
    state: certificateState(certificate, now, within, late),
    ignored,
  };
}
