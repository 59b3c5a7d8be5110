import { servingFaults } from '../../src/facts/serving-faults.ts';
import type { ApiService, Serving } from '../../src/model.ts';
import { answers, ca, certificates, client, days, failing, healthy, unavailable, unknown } from '../support/facts.ts';
import type { Issued, Recipe } from '../support/pki.ts';
import type { Expected, Rows } from './row.ts';

const { apiService, now } = healthy;
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
const trusted = ca('serving-ca');
const leaf = (recipe: Partial<Recipe> = {}, issuer = trusted) =>
  client(issuer, { subject: [['CN', 'api.wardle.svc']], dns: ['api.wardle.svc'], extendedKeyUsage: ['serverAuth'], ...recipe });
const bundle = { caBundle: { certificates: certificates([trusted]) } };
const at = { probe: 'TLS handshake with 10.96.100.10:443' };

/** What a handshake shows, beside what kube-apiserver says ('' while it serves). */
function presents(
  chain: readonly Issued[],
  said = '',
  service: Partial<ApiService> = {},
  { from = 'handshake', stored }: { readonly from?: Serving['from']; readonly stored?: Issued } = {},
) {
  const serving: Serving = {
    chain: certificates(chain),
    protocol: 'TLSv1.3',
    at,
    from,
    ...(stored && { stored: { secret: 'wardle/serving', chain: certificates([stored]) } }),
  };
  const change = says(said, service);
  return { ...change, serving, servingFaults: servingFaults(change.apiService, change.failure, { ok: true, value: serving }, now) };
}
/** What kube-apiserver says, without a handshake. */
function says(text: string, service: Partial<ApiService> = {}, minor?: number) {
  const of = { ...apiService, ...bundle, ...service };
  const inner = `tls: failed to verify certificate: ${text}`;
  const message = `failing or missing response from ${url}: Get "${url}": ${inner}`;
  const change =
    text === ''
      ? failing(of, answers(200))
      : minor
        ? failing(of, answers(503, `error trying to reach service: ${inner}`), minor)
        : unavailable('FailedDiscoveryCheck', message, of);
  const found = { apiService: change.apiService as ApiService, failure: change.failure ?? null };
  const failure = found.failure as typeof healthy.failure;
  return { ...change, ...found, failure, servingFaults: servingFaults(found.apiService, failure, undefined, now) };
}
const insecure = { insecureSkipTLSVerify: true, caBundle: null };
const expired = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after 2026-11-20T00:00:00Z';
const early = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is before 2026-11-24T00:00:00Z';
const name = 'x509: certificate is valid for localhost, not api.wardle.svc';
const usage = 'x509: certificate specifies an incompatible key usage';
const stranger = 'x509: certificate signed by unknown authority';
const because = (reason: string) =>
  `${stranger} (possibly because of "${reason}" while trying to verify candidate authority certificate "serving-ca")`;
const weak = because('x509: cannot verify signature: insecure algorithm ECDSA-SHA1');
const noCa = because('x509: invalid signature: parent certificate cannot sign this kind of certificate');

/** A fault of which the text tells, and a handshake with more. */
const both = (text: string, chain: readonly Issued[], expected: Expected = {}, service: Partial<ApiService> = {}) =>
  [
    ['it serves', presents([leaf()]), 'passed'],
    ['kube-apiserver says so', says(text, service), [{ says: 'fails for every user', evidence: text.slice(0, 30), ...expected }]],
    [
      'up to 1.35 only a request shows it',
      says(text, service, 35),
      [{ says: 'fails for every user', evidence: 'Available is True all the same' }],
    ],
    [
      'it serves on a kept connection',
      presents(chain, '', service),
      [{ says: 'serves only until kube-apiserver connects anew', severity: 'warning', latent: true }],
    ],
    [
      'something else shows now',
      presents(chain, 'x509: unhandled critical extension', service),
      [{ says: 'stays broken once', latent: true }],
    ],
    ['nothing is verified', { ...presents(chain), apiService: { ...apiService, ...insecure } }, 'inapplicable'],
  ] as const;

export const rows: Rows = {
  'serving-certificate-expired': [
    ...both(expired, [leaf({ notAfter: days(-3) })], { fix: 'that is valid now' }),
    [
      'of the Secret alone',
      presents([leaf({ notAfter: days(-3) })], '', {}, { from: 'Secret' }),
      [{ says: 'as soon as the server presents what its Secret holds', latent: true }],
    ],
    [
      'its Secret holds the next one',
      presents([leaf({ notAfter: days(-3) })], expired, {}, { stored: leaf() }),
      [{ evidence: 'Secret wardle/serving holds one that kube-apiserver would accept', fix: 'Restart the extension server' }],
    ],
    [
      'its Secret holds one that is no better',
      presents([leaf({ notAfter: days(-3) })], expired, {}, { stored: leaf({ dns: ['localhost'] }) }),
      [{ fix: 'that is valid now' }],
    ],
    [
      'the CA in caBundle expired, and the leaf did not',
      says(
        `x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after ${certificates([trusted])[0]?.notAfter.toISOString()}`,
      ),
      'passed',
    ],
    [
      'cert-manager issues it',
      says(expired, { annotations: { 'cert-manager.io/inject-ca-from': 'wardle/api' } }),
      [{ command: 'kubectl -n wardle describe certificate api' }],
    ],
  ],
  'serving-certificate-not-yet-valid': both(early, [leaf({ notBefore: days(2) })], { command: 'timedatectl' }),
  'serving-certificate-names-exclude-service': [
    ...both(name, [leaf({ dns: ['localhost'] })], { fix: 'with the SAN `DNS:api.wardle.svc`' }),
    ['a wildcard of its namespace', presents([leaf({ dns: ['*.wardle.svc'] })]), 'passed'],
    ['the Common Name alone', presents([leaf({ dns: [] })]), [{ evidence: 'relies on legacy Common Name field' }]],
  ],
  'serving-certificate-without-serverauth': [
    ...both(usage, [leaf({ extendedKeyUsage: ['clientAuth'] })]),
    ['no list of usages', presents([leaf({ extendedKeyUsage: [] })]), 'passed'],
  ],
  'serving-certificate-signature-insecure': both(weak, [leaf({ hash: 'sha1' })], { fix: 'signed with SHA-256' }),
  'cabundle-cannot-sign': both(
    noCa,
    [leaf({}, ca('no-ca', { basicConstraints: { ca: false } }))],
    { command: 'basicConstraints' },
    { caBundle: { certificates: certificates([ca('no-ca', { basicConstraints: { ca: false } })]) } },
  ),
  'serving-certificate-expires-soon': [
    ['it lasts', presents([leaf()]), 'passed'],
    ['10 days', presents([leaf({ notAfter: days(10) })]), [{ says: 'will fail on', at, fix: 'in time' }]],
    ['a fifth of a short life', presents([leaf({ notBefore: days(-5), notAfter: days(4) })]), 'passed'],
    ['within --fail-within', { ...presents([leaf()]), choices: { failWithin: 400 * 86_400_000 } }, [{ severity: 'error' }]],
    ['it has expired', presents([leaf({ notAfter: days(-1) })]), 'passed'],
    [
      '10 days, and OLM renews it on the last',
      presents([leaf({ notAfter: days(10) })], '', { labels: { 'olm.owner': 'packageserver' } }),
      'passed',
    ],
    [
      'OLM has not renewed it',
      presents([leaf({ notAfter: days(0.5) })], '', { labels: { 'olm.owner': 'packageserver' } }),
      [{ says: 'will fail on' }],
    ],
    ['nothing is verified', presents([leaf({ notAfter: days(20) })], '', insecure), 'inapplicable'],
    ['it could not be seen', { serving: unknown }, 'skipped'],
  ],
  'insecure-skip-hides-faults': [
    ['what it presents would do', presents([leaf()], '', insecure), 'passed'],
    [
      'it would not',
      presents([leaf({ dns: ['localhost'], notAfter: days(-1) })], '', insecure),
      [{ says: 'serves because nothing is verified', evidence: 'is valid for localhost, not api.wardle.svc', latent: true }],
    ],
    ['it is verified', presents([leaf({ dns: ['localhost'] })]), 'inapplicable'],
  ],
};
