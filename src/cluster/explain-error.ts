/** Turns Node.js connection errors into sentences: what failed, where, and what to do. */
import type { PeerCertificate } from 'node:tls';
import { looseDate } from '../decode.ts';
import type { Unavailable } from '../model.ts';

/** 2026-08-01 12:00 UTC. */
export const day = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Of the text that OpenSSL makes of a certificate's date. */
const dayOf = (text: string): string => {
  const at = looseDate(text);
  return at ? day(at) : text;
};

const unreachable = (message: string): Unavailable => ({ ok: false, why: 'unreachable', message });

/** An error of socket, TLS or HTTP. `place` is the destination as the message names it: a URL in backticks, or a proxy. */
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
  [/^ECONNREFUSED$/, () => ({ happened: 'refused the connection', advice: 'check the address, and that a server runs there' })],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    (code, place) => ({
      at: null,
      happened: `The host name of ${place} does not resolve (${code})`,
      advice: 'check the address, DNS and VPN',
    }),
  ],
  [/^(ETIMEDOUT)$/, () => ({ happened: 'did not accept the connection in time', advice: 'check the address, firewall and VPN' })],
  [
    /^ERR_TLS_HANDSHAKE_TIMEOUT$/,
    () => ({
      happened: 'accepted the connection but did not finish the TLS handshake in time',
      advice: "check the server's load and log",
    }),
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/,
    (code, place) => ({ at: null, happened: `There is no route to ${place} (${code})`, advice: 'check the address, network and VPN' }),
  ],
  [
    /^E[MN]FILE$/,
    (code, place) => ({
      at: null,
      happened: `No connection to ${place} can be opened (${code}: too many open files)`,
      advice: 'raise the limit, for example with `ulimit -n 1024`',
    }),
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED)$/,
    () => ({
      happened: 'closed the connection without an answer',
      advice: "check the server's log, and any load balancer or proxy in between",
    }),
  ],
  [
    /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST|ERR_SSL_UNSUPPORTED_PROTOCOL)$/,
    () => ({ happened: 'does not speak TLS', advice: 'check the port; the server may speak plain HTTP' }),
  ],
  [
    /^ERR_SSL_.*ALERT_CERTIFICATE_EXPIRED$/,
    () => ({
      happened: 'rejects the client certificate as expired',
      advice: 'get a new kubeconfig',
      cause: 'client-certificate',
      expired: 'client',
    }),
  ],
  [
    /^ERR_SSL_.*ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(UNKNOWN|REVOKED|REQUIRED)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/,
    (code) => ({
      happened: `rejects the client certificate (${alert(code)})`,
      advice: 'check that the kubeconfig belongs to this cluster',
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
    () => ({ why: 'malformed', happened: 'sent more headers than an API server sends', advice: 'check the address' }),
  ],
  [
    /^HPE_/,
    (code) => ({ why: 'malformed', happened: `sent an answer that is not HTTP (${code})`, advice: 'check the address and the port' }),
  ],
];

const alert = (code: string): string =>
  code
    .replace(/^ERR_SSL_(TLSV\d+_|SSLV3_)?/, '')
    .replaceAll('_', ' ')
    .toLowerCase();

/** A serving certificate that fails verification. `code` is from Node.js, `name` the expected name, `trusting` whose CA is used. */
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
      return unreachable(
        `${subject} is not valid before ${dayOf(certificate.valid_from)}: check the clocks of this machine and the server.`,
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID': {
      const names = certificate.subjectaltname ? `\`${certificate.subjectaltname}\`` : 'no name at all';
      return unreachable(`${subject} is for ${names}, not for \`${name}\`: connect to one of these names, or set --tls-server-name.`);
    }
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'CERT_SIGNATURE_FAILURE': {
      const issuer = certificate.issuer?.CN ? `\`${certificate.issuer.CN}\`` : 'an unnamed issuer';
      return unreachable(
        `${subject} is signed by ${issuer}, which is not a CA that ${trusting} trusts (${code}): get a new kubeconfig of this cluster. Its CA may have been replaced, or a proxy may intercept TLS.`,
      );
    }
    default:
      return unreachable(`${subject} fails verification (${code}): check it against the CA that ${trusting} trusts.`);
  }
};

const expired = (subject: string, leaf: PeerCertificate, trusting: string): string => {
  const end = looseDate(leaf.valid_to);
  if (end && end.getTime() < Date.now())
    return `${subject} expired on ${day(end)}: renew it on the control-plane node (with kubeadm: \`kubeadm certs renew apiserver\`).`;
  return `A CA above the serving certificate of ${subject.slice(subject.indexOf('`'))} has expired: renew the CA that ${trusting} trusts.`;
};
