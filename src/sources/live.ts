/** The live source: reads the node's file system, the API server, and TLS servers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../cluster/connect.ts';
import { remembered } from '../cluster/credentials.ts';
import type { Deadline } from '../cluster/deadline.ts';
import { handshake, type Pair } from '../cluster/handshake.ts';
import { client } from '../cluster/request.ts';
import { limiter } from '../limiter.ts';
import type { Answer, AnyQuestion, Ask, Kind, Observed, Question } from '../model.ts';
import { askApi } from './api.ts';
import { readNodeDir, readNodeFile, readNodeKey, readNodePair } from './node.ts';
import { redactText } from './redact.ts';

export interface LiveOptions {
  /** From `connect`; null when there is no kubeconfig. */
  readonly connection: Connection | null;
  /** The directory that holds the node's files: `/`, or `/host` in a debug container. */
  readonly root: string;
  /** Whether Pods may be dialed through the API server (pods/portforward). */
  readonly portForward?: boolean;
  /** Whether the node's front-proxy certificate may be presented to extension API servers. */
  readonly frontProxy?: boolean;
  /** Aborts all open requests; what was not answered by then is unreachable. */
  readonly signal?: AbortSignal;
}

/** Questions in flight at once. */
const IN_FLIGHT = 20;
const HANDSHAKE_TIMEOUT = 10_000;
/** Pause between repetitions of one question, milliseconds: long enough for a state that flaps to change. */
const APART = 400;

/** Answers questions from the world. It changes no node and no cluster, prints nothing, and gives each question a time-out. */
export const live = ({ connection, root, portForward = false, frontProxy = false, signal }: LiveOptions): Ask => {
  const credentials = connection && remembered(connection, signal);
  const send = connection && credentials && client(connection, signal, credentials);
  const limit = limiter(IN_FLIGHT);
  const timeout = connection?.timeout ?? HANDSHAKE_TIMEOUT;
  const ended = signal ? { signal } : {};
  const behind = async (question: Question['handshake'], pod: NonNullable<Question['handshake']['pod']>) => {
    if (!connection || !credentials) return NO_CONNECTION;
    if (!portForward) return NOT_FORWARDED;
    const { forwardPort } = await import('../cluster/port-forward.ts');
    const waited = connection.waits?.begin(`port ${pod.port} of Pod ${pod.namespace}/${pod.name}`, timeout);
    const tunnel = (limit: Deadline) => forwardPort(connection, credentials, pod, limit);
    return handshake(question, { timeout, ...ended, tunnel }).finally(waited);
  };
  const directly = async (question: Question['handshake']) => {
    const pair = question.present === 'front-proxy' ? await pairOf(question) : null;
    if (pair?.ok === false) return pair;
    const waited = connection?.waits?.begin(addressOf(question), timeout);
    return withoutSecrets(await handshake(question, { timeout, ...ended, ...(pair && { pair: pair.value }) }).finally(waited));
  };
  const pairOf = async ({ pair }: Question['handshake']): Promise<Observed<Pair>> =>
    frontProxy && pair ? readNodePair(root, pair) : NOT_AS_FRONT_PROXY;
  const answer = async (question: AnyQuestion): Promise<Observed<Answer[Kind]>> => {
    switch (question.kind) {
      case 'clock':
        return { ok: true, value: { time: new Date().toISOString() } };
      case 'connection':
        return { ok: true, value: connection && { context: connection.context, server: shown(connection.server), from: connection.from } };
      case 'file':
        return readNodeFile(root, question.path);
      case 'dir':
        return readNodeDir(root, question.path);
      case 'key':
        return readNodeKey(root, question.path);
      case 'api':
        return send ? askApi(send, question, timeout) : NO_CONNECTION;
      case 'handshake':
        return question.pod ? behind(question, question.pod) : directly(question);
    }
  };
  const ask = async (question: AnyQuestion): Promise<Observed<Answer[Kind]>> => {
    if (question.kind === 'api' && question.nth)
      await sleep(question.nth * APART, undefined, { ...(signal && { signal }) }).catch(() => {});
    return limit(() => answer(question));
  };
  return ask as Ask;
};

const addressOf = ({ host, port }: Question['handshake']): string => `https://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** A server's error may repeat parts of the request, or more. */
const withoutSecrets = (shown: Observed<Answer['handshake']>): Observed<Answer['handshake']> => {
  const { answer } = shown.ok ? shown.value : {};
  return shown.ok && answer ? { ok: true, value: { ...shown.value, answer: { ...answer, text: redactText(answer.text) } } } : shown;
};

const NO_CONNECTION = {
  ok: false,
  why: 'excluded',
  message: 'No kubeconfig found, so no API server was contacted: set --kubeconfig or KUBECONFIG.',
} as const;

const NOT_FORWARDED = { ok: false, why: 'excluded', message: 'aggctl forwards ports only with --port-forward.' } as const;

const NOT_AS_FRONT_PROXY = {
  ok: false,
  why: 'excluded',
  message: 'aggctl presents the front-proxy certificate only with --as-front-proxy.',
} as const;

const shown = (server: URL): string => server.href.replace(/\/$/, '');
