/** Node.js errors of connections in the words of a person: what failed, where, what to do. */
import type { PeerCertificate } from 'node:tls';
import type { Unavailable } from '../model.ts';

/** 2026-08-01 12:00 UTC. */
export const day = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const unreachable = (message: string): Unavailable => ({ ok: false, why: 'unreachable', message });

/** An error of socket, TLS or HTTP. `place` is where it was going, as the message names it: a URL in backticks, or a proxy. */
export const explainError = (error: unknown, place: string): Unavailable => {
  const { code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  const [, rule] = RULES.find(([codes]) => codes.test(code)) ?? [];
  const detail = message.trim().split('\n')[0] || code || 'no reason given';
  const {
    at = place,
    happened,
    advice,
    ...more
  } = rule?.(code, place) ?? {
    at: null,
    happened: `The connection to ${place} failed (${detail})`,
    advice: 'check the address and what listens there',
  };
  const start = at === null ? '' : `${at.slice(0, 1).toUpperCase()}${at.slice(1)} `;
  return { ok: false, why: 'unreachable', message: `${start}${happened}: ${advice}.`, happened, ...more };
};

interface Explained extends Pick<Unavailable, 'cause' | 'expired'> {
  /** null: what happened names the place itself. */
  readonly at?: null;
  readonly happened: string;
  readonly advice: string;
  readonly why?: Unavailable['why'];
}
const RULES: readonly (readonly [RegExp, (code: string, place: string) => Explained])[] = [
  [
    /^ECONNREFUSED$/,
    () => ({ happened: 'refused the connection', advice: 'check that a server runs there and that the address is right' }),
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    (code, place) => ({
      at: null,
      happened: `The host name of ${place} does not resolve (${code})`,
      advice: 'check the address, DNS and VPN',
    }),
  ],
  [/^(ETIMEDOUT)$/, () => ({ happened: 'did not accept the connection in time', advice: 'check firewall, VPN and address' })],
  [
    /^ERR_TLS_HANDSHAKE_TIMEOUT$/,
    () => ({
      happened: 'accepted the connection but did not finish the TLS handshake in time',
      advice: "check the server's load and log",
    }),
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/,
    (code, place) => ({ at: null, happened: `There is no route to ${place} (${code})`, advice: 'check network, VPN and address' }),
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED)$/,
    () => ({
      happened: 'closed the connection without an answer',
      advice: "check the server's log, and load balancers and proxies in between",
    }),
  ],
  [
    /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST|ERR_SSL_UNSUPPORTED_PROTOCOL)$/,
    () => ({ happened: 'does not speak TLS', advice: 'check the port, and whether the server is plain HTTP' }),
  ],
  [
    /^ERR_SSL_.*ALERT_CERTIFICATE_EXPIRED$/,
    () => ({
      happened: 'rejects the client certificate as expired',
      advice: 'get a fresh kubeconfig',
      cause: 'client-certificate',
      expired: 'client',
    }),
  ],
  [
    /^ERR_SSL_.*ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(UNKNOWN|REVOKED|REQUIRED)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/,
    (code) => ({
      happened: `rejects the client certificate (${alert(code)})`,
      advice: 'check that the kubeconfig is of this cluster',
      cause: 'client-certificate',
    }),
  ],
  [
    /^ERR_SSL_/,
    (code, place) => ({
      at: null,
      happened: `The TLS handshake with ${place} failed (${alert(code)})`,
      advice: "check the server's TLS settings",
    }),
  ],
  [
    /^HPE_HEADER_OVERFLOW$/,
    () => ({ why: 'malformed', happened: 'sent more headers than an API server does', advice: 'check the address' }),
  ],
  [
    /^HPE_/,
    (code) => ({ why: 'malformed', happened: `answered something that is not HTTP (${code})`, advice: 'check the address and the port' }),
  ],
];

const alert = (code: string): string =>
  code
    .replace(/^ERR_SSL_(TLSV\d+_|SSLV3_)?/, '')
    .replaceAll('_', ' ')
    .toLowerCase();

/** A serving certificate that does not verify. `code` is Node.js's, `name` the one it must be for, `trusting` who trusts which CA, in words. */
export const explainCertificate = (
  code: string,
  address: string,
  certificate: PeerCertificate,
  name: string,
  trusting: string,
): Unavailable => {
  const subject = `The serving certificate of \`${address}\``;
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return { ...unreachable(expired(subject, certificate, trusting)), expired: 'server' };
    case 'CERT_NOT_YET_VALID':
      return unreachable(`${subject} is not valid before ${day(new Date(certificate.valid_from))}: check the clocks here and there.`);
    case 'ERR_TLS_CERT_ALTNAME_INVALID': {
      const names = certificate.subjectaltname ? `\`${certificate.subjectaltname}\`` : 'no name at all';
      return unreachable(
        `${subject} is not for \`${name}\` but for ${names}: use one of these as the server, or name it with --tls-server-name.`,
      );
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_SIGNATURE_FAILURE': {
      const issuer = certificate.issuer?.CN ? `\`${certificate.issuer.CN}\`` : 'an unnamed issuer';
      return unreachable(
        `${subject} is signed by ${issuer}, which is no CA that ${trusting} trusts (${code}): use the kubeconfig of this cluster; its CA may have been replaced, or a proxy breaks TLS open.`,
      );
    }
    default:
      return unreachable(`${subject} does not verify (${code}): check it against the CA that ${trusting} trusts.`);
  }
};

const expired = (subject: string, leaf: PeerCertificate, trusting: string): string => {
  const end = new Date(leaf.valid_to);
  if (end.getTime() < Date.now())
    return `${subject} expired on ${day(end)}: renew it on the control-plane node (with kubeadm: \`kubeadm certs renew apiserver\`).`;
  return `A CA above the serving certificate of ${subject.slice(subject.indexOf('`'))} has expired: renew the CA that ${trusting} trusts.`;
};
