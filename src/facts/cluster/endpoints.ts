import type { Endpoint } from '../../model.ts';
import { apiservers } from '../apiserver/apiserver.ts';
import { addressOf as ownAddressOf } from '../apiservers.ts';
import { askEndpoints } from '../endpoints.ts';
import { fact, maybe } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';
import { server } from './connection.ts';
import { announced, kubeApiserverAddresses } from './kube-apiserver-addresses.ts';

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
    const nodeOf = (address: string) => (all.ok ? all.value : []).find(({ flags }) => ownAddressOf(flags) === address)?.node ?? null;
    return map(answering, (each): readonly Endpoint[] => each.map((one) => ({ ...one, node: nodeOf(one.address) })));
  },
});
