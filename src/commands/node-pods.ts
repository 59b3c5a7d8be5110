/** `--nodes`: a Pod on each control-plane node records what the node shows. Beside `deploy-sample` the only part that writes. */

import type { Connection } from '../cluster/connect.ts';
import { client } from '../cluster/request.ts';
import { writer } from '../cluster/write.ts';
import { missing } from '../facts/shared/rights.ts';
import { list } from '../format.ts';
import type { Ask, Event } from '../model.ts';
import { controlPlaneNodes } from '../nodes/control-plane.ts';
import { type Hands, lookAt, removeLeft, type SeenNode } from '../nodes/look.ts';
import { deadlineSeconds, type NodePods, owner, podVerbs } from '../nodes/pod.ts';
import { sh } from '../sh.ts';
import type { Beside } from '../sources/record.ts';
import { snapshot } from '../sources/snapshot.ts';
import type { NodeRecording } from '../sources/together.ts';
import { UsageError } from '../usage-error.ts';
import type { Surroundings } from './surroundings.ts';

export interface NodeOptions {
  readonly nodes?: boolean;
  readonly nodeNamespace?: string;
  readonly nodeImage?: string;
  readonly yes?: boolean;
}

/** What the nodes recorded, in the order of their names, and a sentence about those that were not seen; null: all were. */
export interface SeenNodes {
  readonly recordings: readonly (NodeRecording & Beside)[];
  readonly unseen: string | null;
}

/** Throws a UsageError where no Pod can be made at all, or nobody agrees. */
export async function* seeNodes(
  connection: Connection,
  ask: Ask,
  options: NodeOptions,
  { signal, confirm }: Surroundings,
): AsyncGenerator<Event, SeenNodes> {
  const pods = podsOf(options);
  const nodes = await nodesOf(ask);
  await refuseWithoutRights(ask, pods);
  await agree(nodes, pods, options, confirm);
  // What cleans up outlives an interruption.
  const write = writer(connection, owner);
  const send = client(connection);
  const hands: Hands = { ask, writer: write, read: (path) => send({ method: 'GET', path }), signal };
  const left = await removeLeft(hands, pods);
  if (!left.ok) throw new UsageError(`the Pods of an earlier run in namespace ${pods.namespace} cannot be removed: ${left.message}`);
  if (left.value.length > 0) yield { kind: 'hint', message: `removed what an earlier run left: ${list(left.value)}` };
  yield { kind: 'progress', message: `a Pod on each of ${list(nodes)} records its files and connections …` };
  const seen = await Promise.all(
    nodes.map((node) => lookAt(node, pods, hands).finally(connection.waits?.begin(`the Pod on ${node}`, deadlineSeconds * 1000))),
  );
  for (const { pod, left } of seen)
    if (left !== null)
      yield {
        kind: 'warning',
        message: `Pod ${pod} could not be deleted: ${left}; run: ${sh`kubectl -n ${pods.namespace} delete pod ${pod}`}`,
      };
  const opened = await Promise.all(seen.map(opening));
  const unseen = opened.flatMap((one) => ('why' in one ? [`control-plane node ${one.node}: ${one.why}`] : []));
  return {
    recordings: opened.flatMap((one) => ('ask' in one ? [one] : [])),
    unseen: unseen.length > 0 ? `Not seen: ${unseen.join('; ')}.` : null,
  };
}

async function opening(seen: SeenNode): Promise<SeenNodes['recordings'][number] | { readonly node: string; readonly why: string }> {
  const { node } = seen;
  if ('why' in seen) return { node, why: seen.why };
  const read = await snapshot(`the recording of node ${node}`, Buffer.from(seen.recording));
  if (!read.ok) return { node, why: read.message };
  const { ask, incomplete } = read.value;
  return incomplete === null ? { node, ask, text: seen.recording } : { node, why: incomplete };
}

export const podsOf = ({ nodeNamespace = 'kube-system', nodeImage }: NodeOptions): NodePods => {
  if (!nodeImage) throw new UsageError('--nodes needs --node-image, the image of aggctl in a registry that the nodes reach');
  return { namespace: nodeNamespace, image: nodeImage };
};

export async function nodesOf(ask: Ask): Promise<readonly string[]> {
  const found = await controlPlaneNodes(ask);
  if (!found.ok) throw new UsageError(`the control-plane nodes cannot be listed: ${found.message}`);
  if (found.value.length === 0)
    throw new UsageError('this cluster shows no control-plane node, probably because a provider runs the control plane: remove --nodes');
  return found.value;
}

async function refuseWithoutRights(ask: Ask, { namespace }: NodePods): Promise<void> {
  const pods = { group: '', resource: 'pods', namespace };
  const lacking = await missing(ask, [...podVerbs.map((verb) => ({ ...pods, verb })), { ...pods, subresource: 'log', verb: 'get' }]);
  if (lacking.length > 0) throw new UsageError(`--nodes needs rights that you do not have: ${lacking.join('; ')}`);
}

async function agree(
  nodes: readonly string[],
  { namespace, image }: NodePods,
  { yes }: NodeOptions,
  confirm: Surroundings['confirm'],
): Promise<void> {
  if (yes) return;
  const what = `creates a Pod of image ${image} in namespace ${namespace} on each of ${list(nodes)}, which reads the node's files as root, and deletes it again`;
  if (!confirm) throw new UsageError(`--nodes ${what}; there is no terminal to confirm this, so add --yes, or see the Pods with --dry-run`);
  if (!(await confirm(`--nodes ${what}. Continue?`))) throw new UsageError('--nodes was not confirmed, so no Pod was created');
}
