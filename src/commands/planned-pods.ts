/** `--nodes --dry-run`: the Pods that would be created. */
import { connect } from '../cluster/connect.ts';
import type { Event, Manifests } from '../model.ts';
import { podOf } from '../nodes/pod.ts';
import { live } from '../sources/live.ts';
import { UsageError } from '../usage-error.ts';
import { clientOptions } from './client-options.ts';
import { nodesOf, podsOf } from './node-pods.ts';
import type { SourceOptions } from './open-source.ts';
import type { Surroundings } from './surroundings.ts';

/** Throws a UsageError when no cluster is named, or it shows no control-plane node. */
export async function* plannedPods(options: SourceOptions, { signal, env }: Surroundings): AsyncGenerator<Event, Manifests> {
  if (!options.nodes) throw new UsageError('--dry-run needs --nodes');
  const pods = podsOf(options);
  const connection = await connect(clientOptions(options), { env, root: '/' });
  if (!connection.ok) throw new UsageError(connection.problem);
  if (!connection.value) throw new UsageError('--nodes needs a cluster: set --kubeconfig or KUBECONFIG');
  const nodes = await nodesOf(live({ connection: connection.value, root: '/', signal }));
  return { schemaVersion: 1, kind: 'Manifests', objects: nodes.map((node) => podOf(node, pods)) };
}
