import { faultsOf } from '../../src/facts/apiservice/serving-faults.ts';
import type { ApiService, Owner, Serving } from '../../src/model.ts';
import { answers, ca, certificates, client, failing, healthy, unavailable } from '../support/facts.ts';
import type { Issued, Recipe } from '../support/pki.ts';
import type { Expected } from './row.ts';

const { apiService, now } = healthy;
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
export const trusted = ca('serving-ca');
export const leaf = (recipe: Partial<Recipe> = {}, issuer = trusted) =>
  client(issuer, { subject: [['CN', 'api.wardle.svc']], dns: ['api.wardle.svc'], extendedKeyUsage: ['serverAuth'], ...recipe });
const bundle = { caBundle: { certificates: certificates([trusted]) } };
export const at = { probe: 'TLS handshake with 10.96.100.10:443' };
/** Everything of it is one owner's. */
export const ownedBy = (owner: Owner) => ({ owners: { workload: owner, service: owner, apiService: owner, certificate: owner } });
/** What a handshake shows, beside what kube-apiserver says ('' while it serves). */
export function presents(
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
  return { ...change, serving, servingFaults: faultsOf(change.apiService, change.failure, { ok: true, value: serving }, now) };
}
/** What kube-apiserver says, without a handshake. */
export function says(text: string, service: Partial<ApiService> = {}, minor?: number) {
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
  return { ...change, ...found, failure, servingFaults: faultsOf(found.apiService, failure, undefined, now) };
}
export const insecure = { insecureSkipTLSVerify: true, caBundle: null };
const stranger = 'x509: certificate signed by unknown authority';
export const because = (reason: string) =>
  `${stranger} (possibly because of "${reason}" while trying to verify candidate authority certificate "serving-ca")`;
/** A fault of which the text tells, and a handshake with more. */
export const both = (text: string, chain: readonly Issued[], expected: Expected = {}, service: Partial<ApiService> = {}) =>
  [
    ['it serves', presents([leaf()]), 'passed'],
    ['kube-apiserver says so', says(text, service), [{ says: 'fails for every user', evidence: text.slice(0, 30), ...expected }]],
    [
      'up to 1.35 only a request shows it',
      says(text, service, 35),
      [{ says: 'fails for every user', evidence: 'Available is still True' }],
    ],
    [
      'it serves on a kept connection',
      presents(chain, '', service),
      [{ says: 'serves only until kube-apiserver reconnects', severity: 'warning', latent: true }],
    ],
    [
      'something else shows now',
      presents(chain, 'x509: unhandled critical extension', service),
      [{ says: 'will still be broken after', latent: true }],
    ],
    ['nothing is verified', { ...presents(chain), apiService: { ...apiService, ...insecure } }, 'inapplicable'],
  ] as const;
