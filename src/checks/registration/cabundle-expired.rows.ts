import { apiService, bundle, failed } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import { answers, ca, certificates, days, failing } from '../../../test/support/facts.ts';

/** Certificates have no milliseconds. */
const second = new Date(Math.floor(days(0).getTime() / 1000) * 1000);
const expiredCa = ca('old-ca', { notAfter: days(-3) });
const ended = days(-3)
  .toISOString()
  .replace(/\.\d+Z/, 'Z');
const isAfter = `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time T is after ${ended}`;
const bundleOf = (...issued: Parameters<typeof certificates>[0]) => ({ caBundle: { certificates: certificates(issued) } });

export const rows: readonly Row[] = [
  ['it is valid', {}, 'passed'],
  ['an expired one stands beside a valid one', { apiService: { ...apiService, ...bundleOf(expiredCa, ca('new-ca')) } }, 'passed'],
  ['the serving certificate has expired', failed(isAfter.replace(ended, '2020-01-01T00:00:00Z')), 'passed'],
  ['it has expired', failed(isAfter, bundleOf(expiredCa)), [{ says: 'fails for every user', at: bundle, evidence: 'CN=old-ca' }]],
  ['the one of two that matters has expired', failed(isAfter, bundleOf(ca('new-ca'), expiredCa)), [{ evidence: 'CN=old-ca' }]],
  [
    'up to 1.35 only users see it',
    failing({ ...apiService, ...bundleOf(expiredCa) }, answers(503, `error trying to reach service: ${isAfter}`), 35),
    [{ evidence: 'Available is True because its probe does not verify' }],
  ],
  [
    'an open connection goes on',
    { apiService: { ...apiService, ...bundleOf(expiredCa) } },
    [{ says: 'works only until kube-apiserver reconnects', severity: 'warning' }],
  ],
  ['its last moment', { apiService: { ...apiService, ...bundleOf(ca('new-ca', { notAfter: second })) }, now: second }, 'passed'],
];
