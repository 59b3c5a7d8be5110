import { apiPath } from '../../api-path.ts';
import { hostPort } from '../../format.ts';
import type { ApiService, Ask, CommandLine, Flags, Observed, Proxied } from '../../model.ts';
import { needsProxy } from '../../no-proxy.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact, maybe } from '../engine/declare.ts';
import { get, list } from '../shared/kubernetes.ts';
import { serviceObject, sliceObject, slicesPath } from '../shared/objects.ts';
import { apiserver, apiservers } from './apiserver.ts';
import { commandLine } from './command-line.ts';
import { flags } from './flags.ts';

const dialledAddresses = fact({
  name: 'dialledAddresses',
  internal: true,
  needs: { all: maybe(apiservers), remote: maybe(remoteApiServices) },
  read: ({ all, remote }, ask): Observed<readonly ServiceAddresses[]> | Promise<Observed<readonly ServiceAddresses[]>> => {
    // Asked only where a proxy makes the addresses matter.
    const behindProxy = all.ok && all.value.some(({ commandLine }) => proxyVariable(commandLine));
    if (!behindProxy) return { ok: true, value: [] };
    return remote.ok ? allAddresses(ask, remote.value) : remote;
  },
});
/** The proxy in its environment, and the extension servers that it would dial through it; null: no proxy is set. */
export const proxied = fact({
  name: 'proxied',
  of: apiserver,
  needs: { commandLine, flags, addresses: dialledAddresses },
  from: ({ commandLine, flags, addresses }) => proxiedServices(commandLine, flags, addresses),
});

/** The addresses of an APIService's Service: its ClusterIP, and the pods that --enable-aggregator-routing dials. */
interface ServiceAddresses {
  readonly service: string;
  readonly port: number;
  readonly clusterIPs: readonly string[];
  readonly pods: readonly string[];
}

async function serviceAddresses(ask: Ask, { service: { namespace, name, port } }: ApiService): Promise<Observed<ServiceAddresses>> {
  const [service, slices] = await Promise.all([
    get(ask, apiPath`/api/v1/namespaces/${namespace}/services/${name}`, serviceObject),
    list(ask, slicesPath(namespace, name), sliceObject),
  ]);
  if (!service.ok) return service;
  if (!slices.ok) return slices;
  const ip = service.value?.spec?.clusterIP;
  const pods = slices.value.flatMap(({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses ?? []));
  return { ok: true, value: { service: `${namespace}/${name}`, port, clusterIPs: ip && ip !== 'None' ? [ip] : [], pods } };
}

/** Those of every extension server; not available when one of them is not. */
async function allAddresses(ask: Ask, services: readonly ApiService[]): Promise<Observed<readonly ServiceAddresses[]>> {
  const all = await Promise.all(services.map((one) => serviceAddresses(ask, one)));
  const failed = all.find((one) => !one.ok);
  return failed && !failed.ok ? failed : { ok: true, value: all.flatMap((one) => (one.ok ? [one.value] : [])) };
}

/** The variable that Go reads for https:// (golang.org/x/net, http/httpproxy: capitals first), where it is set. */
const proxyVariable = ({ environment }: Pick<CommandLine, 'environment'>) =>
  ['HTTPS_PROXY', 'https_proxy'].map((name) => ({ name, ...environment[name] })).find(({ value }) => value);

/** null: there is no proxy. Requests are judged by the address that is dialled, never by the Service's name. */
export function proxiedServices(commandLine: CommandLine, flags: Flags, services: readonly ServiceAddresses[]): Proxied | null {
  const proxy = proxyVariable(commandLine);
  if (!proxy?.value || !proxy.at) return null;
  const noProxy = commandLine.environment.NO_PROXY?.value || commandLine.environment.no_proxy?.value || '';
  const routing = flags.byName['enable-aggregator-routing']?.value === 'true';
  const through = services.flatMap(({ service, port, clusterIPs, pods }) =>
    (routing ? pods : clusterIPs)
      .filter((address) => needsProxy(new URL(`https://${hostPort(address, port)}`), noProxy))
      .map((address) => ({ service, address })),
  );
  return { variable: proxy.name, proxy: proxy.value, at: proxy.at, noProxy, through };
}
