import type { Answer, Certificate, CertificateFile, Located, Observed, Unavailable } from '../../model.ts';
import { readBundle } from '../../x509/bundle.ts';
import { servingCert } from '../apiserver/serving-cert.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { connection } from './connection.ts';

const shown = fact({
  name: 'shown',
  internal: true,
  needs: { connection },
  read: ({ connection }, ask): Observed<Answer['handshake']> | Promise<Observed<Answer['handshake']>> => {
    if (connection.server === '') return nowhere;
    if (connection.server.startsWith('http:')) return withoutTls;
    const { host, port } = addressOf(connection.server);
    return ask({ kind: 'handshake', host, port, serverName: host, present: 'none' });
  },
});
const nowhere: Unavailable = {
  ok: false,
  why: 'excluded',
  message: "kube-apiserver's serving certificate: its address is not in this snapshot",
};
const withoutTls: Unavailable = {
  ok: false,
  why: 'excluded',
  message: "the kubeconfig's server is an http:// URL, where kube-apiserver presents no certificate",
};
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

/** As the handshake shows it, else as its file on this node holds it. */
function certificateOf(
  server: string,
  shown: Observed<Answer['handshake']>,
  file: Observed<CertificateFile | null> | undefined,
): Observed<Located<Certificate>> {
  const leaf = shown.ok ? readBundle(shown.value.chain[0] ?? '').certificates[0] : undefined;
  if (leaf) return { ok: true, value: { value: leaf, at: { probe: `TLS handshake with ${server}` } } };
  const own = file?.ok ? file.value : null;
  const first = own?.certificates[0];
  if (own && first) return { ok: true, value: { value: first, at: own.at } };
  if (!shown.ok) return shown;
  return { ok: false, why: 'unreachable', message: `${server} presents no certificate: ${shown.value.error ?? 'it does not speak TLS'}` };
}

/** The host and port of a URL; 443 where it names none. */
function addressOf(server: string): { host: string; port: number } {
  const url = new URL(server);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port ? Number(url.port) : 443 };
}
