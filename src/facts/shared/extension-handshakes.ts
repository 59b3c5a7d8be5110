/** The serving certificates of extension servers, as handshakes with the addresses of its Service show them. */

import { hostPort } from '../../format.ts';
import type { ApiService, Ask, Certificate, Observed, Unavailable } from '../../model.ts';
import { readBundle } from '../../x509/bundle.ts';
import { readService } from '../apiservice/backend.ts';
import { readSlices } from '../apiservice/backend-endpoints.ts';
import { readServices } from '../apiservice/service.ts';
import { serverNameOf, type Target, targetsOf } from '../apiservice/targets.ts';
import { map } from './observed.ts';

/** One extension server: a port of a Service, and every APIService that it serves. */
export interface ExtensionServer {
  readonly service: ApiService['service'];
  readonly apiServices: readonly ApiService[];
}
/** What it presents, leaf first, and where that was seen. */
export interface Presented {
  readonly chain: readonly Certificate[];
  readonly place: string;
}

/** Several APIServices may be one server's. */
export function extensionServers(apiServices: readonly ApiService[]): readonly ExtensionServer[] {
  const byService = new Map<string, ApiService[]>();
  for (const one of apiServices) {
    const key = `${one.service.namespace}/${one.service.name}:${one.service.port}`;
    byService.set(key, [...(byService.get(key) ?? []), one]);
  }
  return [...byService.values()].map((served) => ({ service: (served[0] as ApiService).service, apiServices: served }));
}

/**
 * Dials every address that kube-apiserver may dial for the Service: its ClusterIP and its ready addresses, or the name of an ExternalName,
 * expecting `NAME.NAMESPACE.svc`; replicas may present different certificates. One entry an address, or one that says why there is none.
 * To be asked on a node only: elsewhere such an address may be somebody else's.
 */
export async function presentedBy(ask: Ask, server: ExtensionServer): Promise<readonly Observed<Presented>[]> {
  const { service: asked } = server;
  const who = `Service ${asked.namespace}/${asked.name}`;
  const found = (await readServices(ask, [asked])).get(`${asked.namespace}/${asked.name}`);
  if (!found) return [];
  if (!found.service.ok) return [found.service];
  if (!found.service.value) return [excluded(`${who} does not exist`)];
  const backendEndpoints = map(found.slices, readSlices);
  const targets = targetsOf(server, { service: readService(found.service.value) }, { backendEndpoints });
  const shown = await Promise.all(targets.map((target) => shownAt(ask, serverNameOf(server), target)));
  // A recording of before holds the ClusterIP alone.
  const seen = shown.filter((one) => one.ok || one.why !== 'excluded');
  return seen.length > 0 ? seen : [shown[0] ?? excluded(`${who} has no address to dial`)];
}

async function shownAt(ask: Ask, serverName: string, { host, port }: Target): Promise<Observed<Presented>> {
  const shown = await ask({ kind: 'handshake', host, port, serverName, present: 'none' });
  if (!shown.ok) return shown;
  const chain = shown.value.chain.flatMap((pem) => readBundle(pem).certificates);
  const address = hostPort(host, port);
  if (chain.length > 0) return { ok: true, value: { chain, place: `TLS handshake with ${address}` } };
  return { ok: false, why: 'unreachable', message: `${address} presents no certificate: ${shown.value.error ?? 'it does not speak TLS'}` };
}

const excluded = (message: string): Unavailable => ({ ok: false, why: 'excluded', message });
