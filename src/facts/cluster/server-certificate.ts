import { servingCert } from '../apiserver/serving-cert.ts';
import { addressOf, serverCertificate as certificateOf } from '../cluster.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { connection } from './connection.ts';

const shown = fact({
  name: 'shown',
  internal: true,
  needs: { connection },
  read: ({ connection }, ask) => {
    const { host, port } = addressOf(connection.server);
    return ask({ kind: 'handshake', host, port, serverName: host, present: 'none' });
  },
});
/** The certificate that kube-apiserver presents to its clients. */
export const serverCertificate = fact({
  name: 'serverCertificate',
  needs: { connection, shown: maybe(shown), files: maybe(each(servingCert)) },
  read: ({ connection, shown, files }) =>
    certificateOf(connection.server, shown, files.ok ? files.value.find(({ observed }) => observed.ok)?.observed : undefined),
});
/** What the handshake shows, and no file; null: nothing. */
export const shownCertificate = fact({
  name: 'shownCertificate',
  internal: true,
  needs: { shown: maybe(shown), certificate: maybe(serverCertificate) },
  from: ({ shown, certificate }) => (shown.ok && certificate.ok ? certificate.value.value : null),
});
