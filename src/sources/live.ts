/** The live source: asks the node's file system, the API server, and TLS servers. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../cluster/connect.ts';
import { handshake } from '../cluster/handshake.ts';
import { client } from '../cluster/request.ts';
import type { Answer, AnyQuestion, Ask, Kind, Observed, Question } from '../model.ts';
import { askApi } from './api.ts';
import { limiter } from './limiter.ts';
import { readNodeDir, readNodeFile, readNodeKey } from './node.ts';

export interface LiveOptions {
  /** From `connect`; null when there is no kubeconfig. */
  readonly connection: Connection | null;
  /** The folder that the node's files lie under: `/`, or `/host` in a debug container. */
  readonly root: string;
  /** Whether Pods may be dialled through the API server (pods/portforward). */
  readonly portForward?: boolean;
  /** Ends everything that is under way; what was not answered by then is unreachable. */
  readonly signal?: AbortSignal;
}

/** Questions in flight at once. */
const IN_FLIGHT = 20;
const HANDSHAKE_TIMEOUT = 10_000;
/** Between the repetitions of one question, milliseconds: what flaps several times a second has then had time to change. */
const APART = 400;

/** Answers questions from the world. It writes nothing anywhere, prints nothing, and gives each question a time-out. */
export const live = ({ connection, root, portForward = false, signal }: LiveOptions): Ask => {
  const send = connection && client(connection, signal);
  const limit = limiter(IN_FLIGHT);
  const timeout = connection?.timeout ?? HANDSHAKE_TIMEOUT;
  const behind = async (question: Question['handshake'], pod: NonNullable<Question['handshake']['pod']>) => {
    if (!connection) return NO_CONNECTION;
    if (!portForward) return NOT_FORWARDED;
    const { forwardPort } = await import('../cluster/port-forward.ts');
    return handshake(question, timeout, signal, (limit) => forwardPort(connection, pod, limit));
  };
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
        return send ? askApi(send, question) : NO_CONNECTION;
      case 'handshake':
        return question.pod ? behind(question, question.pod) : handshake(question, timeout, signal);
    }
  };
  const ask = async (question: AnyQuestion): Promise<Observed<Answer[Kind]>> => {
    if (question.kind === 'api' && question.nth)
      await sleep(question.nth * APART, undefined, { ...(signal && { signal }) }).catch(() => {});
    return limit(() => answer(question));
  };
  return ask as Ask;
};

const NO_CONNECTION = {
  ok: false,
  why: 'excluded',
  message: 'There is no kubeconfig, so no API server was asked: name one with --kubeconfig or KUBECONFIG.',
} as const;

const NOT_FORWARDED = { ok: false, why: 'excluded', message: 'No port is forwarded without --port-forward.' } as const;

const shown = (server: URL): string => server.href.replace(/\/$/, '');
