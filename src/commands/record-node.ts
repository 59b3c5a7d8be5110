/** `aggctl record-node`: what runs in the Pods of `--nodes`. It records what its node shows, and prints the recording for the Pod's log. */
import { connect } from '../cluster/connect.ts';
import { gather } from '../facts/gather.ts';
import { keeper } from '../facts/kept/index.ts';
import { extensionServers, presentedBy } from '../facts/shared/extension-handshakes.ts';
import type { AnyQuestion } from '../model.ts';
import { toLog } from '../nodes/stream.ts';
import { version } from '../package.ts';
import { live } from '../sources/live.ts';
import { recorder } from '../sources/record.ts';
import { UsageError } from '../usage-error.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The node's files and the connections from there, without what the API answers: whoever made the Pod asks that himself. The API is asked, with the
 * administrator's kubeconfig of the node, for the addresses to dial.
 */
export async function recordNode({ root }: { readonly root: string }, { signal, env }: Surroundings): Promise<string> {
  const connection = await connect({}, { env, root });
  if (!connection.ok) throw new UsageError(connection.problem);
  const source = live({ connection: connection.value, root, signal });
  const recording = await recorder(source, { version, keep: keeper(), holds: isOfNode });
  if (!recording.ok) throw new UsageError(recording.message);
  const { ask, finish } = recording.value;
  const { gathered } = await gather([ask], { userOptions: {} });
  const apiServices = (gathered.apiservice.ok ? gathered.apiservice.value : []).flatMap(({ facts }) =>
    facts.apiService.ok ? [facts.apiService.value] : [],
  );
  // `certs` dials every address, also of what is healthy.
  await Promise.all(extensionServers(apiServices).map((server) => presentedBy(ask, server)));
  return toLog((await finish()).text);
}

const isOfNode = ({ kind }: AnyQuestion): boolean => kind !== 'api' && kind !== 'connection';
