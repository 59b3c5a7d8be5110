/** How the API is reached, and as whom. */
import type { Answer, Ask, Observed } from '../model.ts';
import { addressOf } from './cluster.ts';

/** What an answer says of one's own credentials. */
export const ownCredentials = (observed: Observed<unknown>): Observed<{ expired: string | null }> => {
  if (observed.ok) return { ok: true, value: { expired: null } };
  return observed.expired === 'client' ? { ok: true, value: { expired: observed.message } } : observed;
};

export const noKubeconfig = {
  ok: false,
  why: 'excluded',
  message: 'the API, because there is no kubeconfig: set --kubeconfig or KUBECONFIG',
} as const;

/** The connection, and what its server shows in the handshake. The first is known without asking anybody. */
export async function connect(ask: Ask): Promise<[Observed<Answer['connection']>, Observed<Answer['handshake']>]> {
  const connection = await ask({ kind: 'connection' });
  if (!connection.ok) return [connection, connection];
  if (!connection.value) return [connection, noKubeconfig];
  const { host, port } = addressOf(connection.value.server);
  return [connection, await ask({ kind: 'handshake', host, port, serverName: host, present: 'none' })];
}
