import { apiPath } from '../../api-path.ts';
import { map, object, string } from '../../decode.ts';
import type { Ask, Flags, Observed, Place, Unavailable } from '../../model.ts';
import { server } from '../cluster/connection.ts';
import { announced } from '../cluster/kube-apiserver-addresses.ts';
import { fact } from '../engine/declare.ts';
import { addressOf } from '../shared/host-port.ts';
import { get } from '../shared/kubernetes.ts';
import { readFlagz } from '../shared/read-flags.ts';
import { type Apiserver, apiserver } from './apiserver.ts';

/** What the process runs with, where something shows it apart from its manifest: the mirror pod or `/flagz`. */
export const runningFlags = fact({
  name: 'runningFlags',
  of: apiserver,
  needs: { server, announced },
  read: ({ server, announced }, ask, one) => readRunningFlags(ask, server, one, announced),
});

/** What `/flagz` answers for as JSON, on 1.36 and later; `application/json` alone gets 406. */
const flagzAccept = 'application/json;v=v1beta1;g=config.k8s.io;as=Flagz, application/json;v=v1alpha1;g=config.k8s.io;as=Flagz';

/**
 * The flags of the running process. `/flagz` answers for whichever kube-apiserver was reached, so it is asked only at this one's own address:
 * the kubeconfig's server, or one that Service default/kubernetes announces (`host:port`); the mirror pod shows what kubelet has applied.
 */
async function readRunningFlags(
  ask: Ask,
  server: string | null,
  { flags, mirror }: Apiserver,
  announced: readonly string[],
): Promise<Observed<Flags>> {
  const address = addressOf(flags);
  const notShown: Unavailable = {
    ok: false,
    why: 'excluded',
    message: 'the flags of the running process: neither /flagz at its own address nor a mirror pod shows them',
  };
  const isServer = server !== null && server.replace(/\/$/, '') === `https://${address}`;
  if (!isServer && !announced.includes(address)) return mirror ? { ok: true, value: mirror } : notShown;
  const answer = await get(ask, apiPath`/flagz`, object({ flags: map(string) }), {
    accept: flagzAccept,
    server: isServer ? undefined : address,
  });
  if (!answer.ok || !answer.value?.flags) return mirror ? { ok: true, value: mirror } : notShown;
  const at: Place = { probe: 'GET /flagz' };
  return { ok: true, value: { origin: 'flagz', at, byName: readFlagz(answer.value.flags, at) } };
}
