/** Which address a request goes to, and whether credentials may be sent there. */
import type { Observed } from '../model.ts';
import type { Connection } from './connect.ts';
import { type HttpProxy, proxyFor } from './proxy.ts';
import { hostOf, portOf } from './socket.ts';

export interface Target {
  /** Its path is a prefix of every request. */
  readonly url: URL;
  readonly proxy: HttpProxy | null;
  /** The name that the certificate must be for. */
  readonly serverName: string;
}

/**
 * The server of the kubeconfig, or `server` (`host:port`), another address of the same cluster. Credentials go there only over
 * TLS verified against that cluster's own CA, and never when the server's URL has a path: then it is a gateway with its own token.
 */
export const targetOf = (connection: Connection, server?: string): Observed<Target> => {
  const { server: url, proxy, cluster } = connection;
  if (server === undefined || server === `${url.hostname}:${portOf(url)}`)
    return { ok: true, value: { url, proxy, serverName: cluster['tls-server-name'] ?? hostOf(url) } };
  const reason = withheld(connection);
  if (reason)
    return {
      ok: false,
      why: 'excluded',
      message: `\`https://${server}\` was not contacted: ${reason}, so it may belong to another cluster.`,
    };
  const other = new URL(`https://${server}`);
  const route = proxyFor(other, connection.env, cluster['proxy-url']);
  if (!route.ok) return { ok: false, why: 'excluded', message: route.problem };
  return { ok: true, value: { url: other, proxy: route.value, serverName: hostOf(other) } };
};

const withheld = ({ server, cluster, from }: Connection): string | null => {
  if (server.protocol !== 'https:') return `the server in \`${from}\` is plain HTTP`;
  if (cluster['insecure-skip-tls-verify']) return 'TLS is not verified';
  if (server.pathname !== '/') return `the server in \`${from}\` is a gateway (its URL has a path)`;
  if ((cluster['certificate-authority'] ?? cluster['certificate-authority-data']) === undefined)
    return `\`${from}\` has no CA for the cluster`;
  return null;
};
