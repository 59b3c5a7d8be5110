import type { Observed } from '../../model.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact, maybe } from '../engine/declare.ts';
import { allAddresses, proxiedServices, proxyVariable, type ServiceAddresses } from '../proxied.ts';
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
