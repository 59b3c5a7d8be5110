import type { Answer, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';

/** The kubeconfig that is in use. */
export const connection = fact({
  name: 'connection',
  read: async (_, ask): Promise<Observed<NonNullable<Answer['connection']>>> => {
    const connected = await ask({ kind: 'connection' });
    return connected.ok ? (connected.value ? { ok: true, value: connected.value } : noKubeconfig) : connected;
  },
});
/** URL of the kubeconfig's server; null without one, or where nothing tells. */
export const server = fact({
  name: 'server',
  internal: true,
  needs: { connection: maybe(connection) },
  from: ({ connection }) => (connection.ok && connection.value.server) || null,
});

const noKubeconfig = {
  ok: false,
  why: 'excluded',
  message: 'the API, because there is no kubeconfig: set --kubeconfig or KUBECONFIG',
} as const;
