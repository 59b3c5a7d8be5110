/** One Pod a node: created, waited for, its log read, deleted again whatever happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { apiPath } from '../api-path.ts';
import { parseJson } from '../decode.ts';
import { kubernetesObject, list } from '../facts/shared/kubernetes.ts';
import type { ApiPath, Ask, Observed, Writer } from '../model.ts';
import { deadlineSeconds, type NodePods, owner, podOf } from './pod.ts';
import { podObject, stateOf } from './pod-state.ts';
import { fromLog } from './stream.ts';

/** What a look needs of the cluster. */
export interface Hands {
  readonly ask: Ask;
  readonly writer: Writer;
  /** A GET whose answer is given as it came. */
  readonly read: (path: ApiPath) => Promise<Observed<{ readonly status: number; readonly text: string }>>;
  /** Ends the waiting; the Pods are deleted all the same. */
  readonly signal: AbortSignal;
}
/** A node, and what its Pod recorded; or why it was not seen, in a clause. `left`: why its Pod could not be deleted. */
export type SeenNode = { readonly node: string; readonly pod: string; readonly left: string | null } & ReturnType<typeof fromLog>;

const collectionOf = (namespace: string): ApiPath => apiPath`/api/v1/namespaces/${namespace}/pods`;
const pathOf = (namespace: string, name: string): ApiPath => apiPath`/api/v1/namespaces/${namespace}/pods/${name}`;
/** Between two reads of a Pod, milliseconds. */
const moment = 500;

/** Deletes the Pods of an earlier run that was killed before it could. Gives their names. */
export async function removeLeft({ ask, writer }: Hands, { namespace }: NodePods): Promise<Observed<readonly string[]>> {
  const selector = `${owner.label}=${owner.value}`;
  const found = await list(ask, apiPath`${{ path: collectionOf(namespace) }}?labelSelector=${selector}`, kubernetesObject);
  if (!found.ok) return found;
  const names = found.value.flatMap(({ metadata }) => metadata?.name ?? []);
  const removed = await Promise.all(names.map((name) => writer.remove(pathOf(namespace, name))));
  const kept = removed.find(({ ok }) => !ok);
  return kept && !kept.ok ? { ok: false, why: 'denied', message: kept.message } : { ok: true, value: names };
}

/** Never throws for an expected trouble: such a node was not seen. */
export async function lookAt(node: string, pods: NodePods, hands: Hands): Promise<SeenNode> {
  const pod = podOf(node, pods);
  const path = pathOf(pods.namespace, pod.metadata.name);
  const about = { node, pod: pod.metadata.name };
  const created = await hands.writer.create(collectionOf(pods.namespace), pod);
  // One that is there already is of another run, which deletes it.
  if (!created.ok && created.why !== 'unreachable') return { ...about, left: null, why: `its Pod was not created: ${created.message}` };
  let left: string | null = null;
  const found = await recordingOf(path, hands).finally(async () => {
    const removed = await hands.writer.remove(path);
    left = removed.ok ? null : removed.message;
  });
  return { ...about, left, ...found };
}

async function recordingOf(path: ApiPath, hands: Hands): Promise<ReturnType<typeof fromLog>> {
  const why = await ended(path, hands);
  if (why !== null) return { why };
  const log = await hands.read(apiPath`${{ path }}/log?container=aggctl`);
  if (!log.ok) return { why: `the log of its Pod cannot be read: ${log.message}` };
  const { status, text } = log.value;
  return status === 200 ? fromLog(text) : { why: `the log of its Pod cannot be read: status ${status}` };
}

/** Waits for the Pod; null once its log can be read. */
async function ended(path: ApiPath, { read, signal }: Hands): Promise<string | null> {
  // The Pod's own deadline begins when kubelet takes it, which a node that is down never does.
  const until = Date.now() + deadlineSeconds * 1000;
  let why = '';
  while (Date.now() < until && !signal.aborted) {
    const answer = await read(path);
    if (answer.ok && answer.value.status === 404) return 'somebody deleted its Pod';
    const pod = answer.ok ? podObject(parseJson(answer.value.text)) : undefined;
    const state = pod && stateOf(pod);
    if (state?.is === 'done') return null;
    if (state?.is === 'failed') return state.why;
    why = state?.why ?? (answer.ok ? `its Pod cannot be read: status ${answer.value.status}` : answer.message);
    await sleep(moment, undefined, { signal }).catch(() => {});
  }
  return signal.aborted ? 'interrupted' : `${why} (waited ${deadlineSeconds} s)`;
}
