/** Turns Node.js connection errors into sentences: what failed, where, and what to do. */
import type { PeerCertificate } from 'node:tls';
import type { Unavailable } from '../model.ts';

/** 2026-08-01 12:00 UTC. */
export const day = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const unreachable = (message: string): Unavailable => ({ ok: false, why: 'unreachable', message });

/** An error of socket, TLS or HTTP. `place` is the destination as the message names it: a URL in backticks, or a proxy. */
export const explainError = (error: unknown, place: string): Unavailable => {
  const { code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  const [, rule] = RULES.find(([codes]) => codes.test(code)) ?? [];
  if (rule) return capitalized(rule(place, code));
  const detail = message.trim().split('\n')[0] || code || 'no reason given';
  return unreachable(`The connection to ${place} failed (${detail}): check the address and what listens there.`);
};
const capitalized = (trouble: Unavailable): Unavailable => ({
  ...trouble,
  message: trouble.message.replace(/^[a-z]/, (first) => first.toUpperCase()),
});

type Rule = (address: string, code: string) => Unavailable;
const RULES: readonly (readonly [RegExp, Rule])[] = [
  [/^ECONNREFUSED$/, (at) => unreachable(`${at} refused the connection: check the address, and that a server runs there.`)],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    (at, code) => unreachable(`The host name of ${at} does not resolve (${code}): check the address, DNS and VPN.`),
  ],
  [/^(ETIMEDOUT)$/, (at) => unreachable(`${at} did not accept the connection in time: check the address, firewall and VPN.`)],
  [
    /^ERR_TLS_HANDSHAKE_TIMEOUT$/,
    (at) => unreachable(`${at} accepted the connection but did not finish the TLS handshake in time: check the server's load and log.`),
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/,
    (at, code) => unreachable(`There is no route to ${at} (${code}): check the address, network and VPN.`),
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED)$/,
    (at) =>
      unreachable(`${at} closed the connection without an answer: check the server's log, and any load balancer or proxy in between.`),
  ],
  [
    /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST|ERR_SSL_UNSUPPORTED_PROTOCOL)$/,
    (at) => unreachable(`${at} does not speak TLS: check the port; the server may speak plain HTTP.`),
  ],
  [
    /^ERR_SSL_.*ALERT_CERTIFICATE_EXPIRED$/,
    (at) => ({ ...unreachable(`${at} rejects the client certificate as expired: get a new kubeconfig.`), expired: 'client' }),
  ],
  [
    /^ERR_SSL_.*ALERT_(UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_(UNKNOWN|REVOKED|REQUIRED)|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)$/,
    (at, code) => unreachable(`${at} rejects the client certificate (${alert(code)}): check that the kubeconfig belongs to this cluster.`),
  ],
  [/^ERR_SSL_/, (at, code) => unreachable(`The TLS handshake with ${at} failed (${alert(code)}): check the server's TLS settings.`)],
  [
    /^HPE_HEADER_OVERFLOW$/,
    (at) => ({ ok: false, why: 'malformed', message: `${at} sent more headers than an API server sends: check the address.` }),
  ],
  [
    /^HPE_/,
    (at, code) => ({
      ok: false,
      why: 'malformed',
      message: `${at} sent an answer that is not HTTP (${code}): check the address and the port.`,
    }),
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
        `${subject} is not valid before ${day(new Date(certificate.valid_from))}: check the clocks of this machine and the server.`,
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
  const end = new Date(leaf.valid_to);
  if (end.getTime() < Date.now())
    return `${subject} expired on ${day(end)}: renew it on the control-plane node (with kubeadm: \`kubeadm certs renew apiserver\`).`;
  return `A CA above the serving certificate of ${subject.slice(subject.indexOf('`'))} has expired: renew the CA that ${trusting} trusts.`;
};
