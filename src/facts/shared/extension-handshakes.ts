/** The serving certificates of extension servers, each as a handshake with its Service shows it. */

import { apiPath } from '../../api-path.ts';
import { hostPort } from '../../format.ts';
import type { ApiService, Ask, Certificate, Observed, Unavailable } from '../../model.ts';
import { readBundle } from '../../x509/bundle.ts';
import { get } from './kubernetes.ts';
import { serviceObject } from './objects.ts';

/** One extension server: a port of a Service, and every APIService that it serves. */
export interface ExtensionServer {
  readonly service: ApiService['service'];
  readonly apiServices: readonly ApiService[];
}
/** What it presents, leaf first, and the address that was dialled. */
export interface Presented {
  readonly chain: readonly Certificate[];
  readonly address: string;
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
 * Dials the server as kube-apiserver does without aggregator routing (ServiceResolver of k8s.io/apiserver, pkg/util/proxy/proxy.go,
 * v0.37.2): the Service's ClusterIP, or the name of an ExternalName, expecting `NAME.NAMESPACE.svc`. To be asked on a node only: elsewhere
 * such an address may be somebody else's.
 */
export async function presentedBy(ask: Ask, { namespace, name, port }: ApiService['service']): Promise<Observed<Presented>> {
  const service = await get(ask, apiPath`/api/v1/namespaces/${namespace}/services/${name}`, serviceObject);
  if (!service.ok) return service;
  const { type, clusterIP, externalName } = service.value?.spec ?? {};
  const host = type === 'ExternalName' ? externalName : clusterIP;
  const who = `Service ${namespace}/${name}`;
  if (!service.value) return excluded(`${who} does not exist`);
  if (!host || host === 'None') return excluded(`${who} has no ClusterIP to dial`);
  const shown = await ask({ kind: 'handshake', host, port, serverName: `${name}.${namespace}.svc`, present: 'none' });
  if (!shown.ok) return shown;
  const chain = shown.value.chain.flatMap((pem) => readBundle(pem).certificates);
  const address = hostPort(host, port);
  if (chain.length > 0) return { ok: true, value: { chain, address } };
  return { ok: false, why: 'unreachable', message: `${address} presents no certificate: ${shown.value.error ?? 'it does not speak TLS'}` };
}

const excluded = (message: string): Unavailable => ({ ok: false, why: 'excluded', message });
