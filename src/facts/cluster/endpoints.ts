import { apiPath } from '../../api-path.ts';
import type { Ask, Endpoint, Observed } from '../../model.ts';
import { apiservers } from '../apiserver/apiserver.ts';
import { fact, maybe } from '../engine/declare.ts';
import { addressOf } from '../shared/host-port.ts';
import { get } from '../shared/kubernetes.ts';
import { map } from '../shared/observed.ts';
import { server } from './connection.ts';
import { announced, kubeApiserverAddresses } from './kube-apiserver-addresses.ts';
import { versionInfo } from './version.ts';

const answering = fact({
  name: 'answering',
  internal: true,
  needs: { addresses: kubeApiserverAddresses, announced, server },
  read: ({ announced, server }, ask) => askEndpoints(ask, announced, server),
});
/** The kube-apiservers one by one; [] when there is only one. */
export const endpoints = fact({
  name: 'endpoints',
  needs: { answering: maybe(answering), all: maybe(apiservers) },
  read: ({ answering, all }) => {
    const nodeOf = (address: string) => (all.ok ? all.value : []).find(({ flags }) => addressOf(flags) === address)?.node ?? null;
    return map(answering, (each): readonly Endpoint[] => each.map((one) => ({ ...one, node: nodeOf(one.address) })));
  },
});

/** The question's `server`; the kubeconfig's own is asked without one. */
export const whereToAsk = (address: string, own: string | null) => (isOwn(address, own) ? {} : { server: address });
export const isOwn = (address: string, own: string | null) => own?.replace(/\/$/, '') === `https://${address}`;

/**
 * Asks each for its version. Not available (`excluded`) when none of them can be reached from here, as from outside a private network:
 * then silence of one says nothing. Which node advertises an address is left open.
 */
async function askEndpoints(ask: Ask, addresses: readonly string[], own: string | null): Promise<Observed<readonly Endpoint[]>> {
  const endpoints = await Promise.all(
    addresses.map(async (address): Promise<Endpoint> => {
      const answer = await get(ask, apiPath`/version`, versionInfo, whereToAsk(address, own));
      const version: Observed<string> = answer.ok ? { ok: true, value: answer.value?.gitVersion ?? '' } : answer;
      return { address, node: null, version };
    }),
  );
  if (endpoints.length === 0 || endpoints.some(answers)) return { ok: true, value: endpoints };
  const first = endpoints.flatMap(({ version }) => (version.ok ? [] : [version.message]))[0];
  return {
    ok: false,
    why: 'excluded',
    message: `the ${endpoints.length} kube-apiservers one by one; none is reachable from here: ${first}`,
  };
}
/** Whether it can be reached, be it to be refused. */
export const answers = ({ version }: Endpoint): boolean => version.ok || version.why === 'denied';
