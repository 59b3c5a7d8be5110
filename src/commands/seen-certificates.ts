/** Every certificate of the aggregation layer that a source shows. */
import { type GatherOptions, gather } from '../facts/gather.ts';
import { type ExtensionServer, extensionServers, presentedBy } from '../facts/shared/extension-handshakes.ts';
import { type Handshaken, layerCertificates } from '../facts/shared/layer-certificates.ts';
import type { Ask } from '../model.ts';

/** What `mismatch` is of: two clusters. Elsewhere than on a node, extension servers cannot be dialed: then `otherwise` is what they present. */
export async function seenCertificates(asks: readonly Ask[], options: GatherOptions, otherwise: readonly Handshaken[] | null = null) {
  const { gathered, mismatch } = await gather(asks, options);
  const onNode = gathered.apiserver.ok && gathered.apiserver.value.some(({ facts }) => facts.nodeFiles.ok);
  const apiServices = (gathered.apiservice.ok ? gathered.apiservice.value : []).flatMap(({ facts }) =>
    facts.apiService.ok ? [facts.apiService.value] : [],
  );
  const servers =
    onNode && !mismatch ? await Promise.all(extensionServers(apiServices).map((server) => presentedTo(asks, server))) : otherwise;
  const now = gathered.cluster.now.ok ? gathered.cluster.now.value : new Date();
  return { gathered, mismatch, now, ...layerCertificates(gathered, servers, now) };
}

/** The certificates from the first source that reaches the server. */
async function presentedTo(asks: readonly Ask[], server: ExtensionServer): Promise<Handshaken> {
  const shown = await Promise.all(asks.map((ask) => presentedBy(ask, server)));
  const seen = shown.find((of) => of.some(({ ok }) => ok)) ?? shown[0] ?? [];
  const presented = seen.map((one) =>
    one.ok ? { ok: true as const, value: { chain: one.value.chain, place: `TLS handshake with ${one.value.address}` } } : one,
  );
  return { ...server, presented };
}

/** Something that could not be seen, in a sentence. */
export const notChecked = ({ what, message }: { readonly what: string; readonly message: string }): string =>
  what === '' ? message : `${what}: ${message}`;
