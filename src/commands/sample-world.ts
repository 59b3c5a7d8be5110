/** The cluster that the sample is deployed to, and what is known before the first step. */

import { apiPath } from '../api-path.ts';
import type { Connection } from '../cluster/connect.ts';
import { connect } from '../cluster/connect.ts';
import { map, object, string } from '../decode.ts';
import { readVersion } from '../facts/cluster/version.ts';
import { get, kubernetesObject } from '../facts/shared/kubernetes.ts';
import type { Ask } from '../model.ts';
import { manifestsOf } from '../sample/manifests.ts';
import { planOf, type SampleChoices } from '../sample/plan.ts';
import { secretName } from '../sample/pod.ts';
import { mint, usable } from '../sample/serving.ts';
import type { Sample } from '../sample/step.ts';
import { live } from '../sources/live.ts';
import { UsageError } from '../usage-error.ts';
import { clientOptions } from './client-options.ts';
import type { SampleOptions } from './sample-options.ts';
import type { Repeating } from './surroundings.ts';

export interface World {
  readonly connection: Connection;
  /** The API and this node's files. */
  readonly source: Ask;
  readonly sourceAs: ((user: string, groups: readonly string[]) => Ask) | null;
  readonly signal: AbortSignal;
  readonly server: string;
  /** Waits a moment; false: `until` has passed (milliseconds since 1970), or the user interrupted. */
  readonly pause: (until: number) => Promise<boolean>;
}

/** Between two reads of what should change. */
const MOMENT = 1000;

/** Throws a UsageError when there is no cluster. */
export async function openWorld(options: SampleOptions, { sleep, ...surroundings }: Repeating): Promise<World> {
  const root = '/';
  const { signal } = surroundings;
  const connected = await connect(clientOptions(options), { ...surroundings, root });
  if (!connected.ok) throw new UsageError(connected.problem);
  const connection = connected.value;
  if (!connection) throw new UsageError('no cluster to deploy to: set --kubeconfig or KUBECONFIG');
  const as = (user: string, groups: readonly string[]) =>
    live({
      connection: { ...connection, user: { ...connection.user, as: user, ...(groups.length > 0 && { 'as-groups': groups }) } },
      root,
      signal,
    });
  return {
    connection,
    source: live({ connection, root, signal }),
    sourceAs: connection.user.as === undefined ? as : null,
    signal,
    server: connection.server.href.replace(/\/$/, ''),
    async pause(until) {
      const left = until - Date.now();
      if (left <= 0 || signal.aborted) return false;
      await sleep(Math.min(MOMENT, left));
      return !signal.aborted;
    },
  };
}

/** The plan for this cluster, and its objects. The certificate of an earlier run is reused while it is valid. */
export async function prepare(source: Ask, choices: SampleChoices): Promise<Sample> {
  const { version, clockSkew } = await readVersion(source);
  const plan = planOf(choices, version.ok ? version.value.minor : null);
  const now = new Date(Date.now() + (clockSkew.ok ? clockSkew.value : 0));
  const inside = apiPath`/api/v1/namespaces/${plan.namespace}`;
  const [namespace, secret] = await Promise.all([
    get(source, inside, kubernetesObject),
    get(source, apiPath`${{ path: inside }}/secrets/${secretName}`, object({ data: map(string) })),
  ]);
  // A Secret in a namespace that is being deleted cannot be reused.
  const stays = namespace.ok && !namespace.value?.metadata?.deletionTimestamp;
  const serving = (stays && secret.ok && usable(secret.value?.data ?? {}, plan.serverName, now)) || mint(plan.serverName, now);
  return { plan, objects: manifestsOf(plan, serving) };
}
