import { frontProxyCa, issued } from '../../../test/checks/front-proxy-dates.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, days, file, frontProxy, noPair, places } from '../../../test/support/facts.ts';

const middle = (lasts: number) => ca('middle', { issuer: frontProxyCa, notAfter: days(lasts) });
const day = 86_400_000;
/** Certificates have no milliseconds. */
const second = new Date(Math.floor(days(0).getTime() / 1000) * 1000);
const later = (count: number) => new Date(second.getTime() + count * day);

export const rows: readonly Row[] = [
  ['a year lies before it, and --fail-within is less', { ...issued(), userOptions: { failWithin: 14 * day } }, 'passed'],
  ['a year lies before it', {}, 'passed'],
  ['31 of 365 days are left', issued({ notBefore: days(-334), notAfter: days(31) }), 'passed'],
  [
    '29 of 365 days are left',
    issued({ notBefore: days(-336), notAfter: days(29) }),
    [{ says: 'in 28d', at: places.cert, command: 'kubeadm certs renew front-proxy-client' }],
  ],
  ['a fifth of a short lifetime is left', issued({ notBefore: days(-7), notAfter: days(3) }), 'passed'],
  ['less than a fifth of a short lifetime is left', issued({ notBefore: days(-9), notAfter: days(1) }), [{ says: 'in 23h' }]],
  ['--warn-within is wider', { ...issued({ notAfter: days(60) }), userOptions: { warnWithin: 90 * day } }, [{ says: 'in 59d' }]],
  [
    '--warn-within is narrower',
    { ...issued({ notBefore: days(-355), notAfter: days(10) }), userOptions: { warnWithin: 5 * day } },
    'passed',
  ],
  [
    '--fail-within makes it an error',
    { ...issued({ notAfter: days(10) }), userOptions: { failWithin: 14 * day } },
    [{ severity: 'error' }],
  ],
  [
    '--fail-within alone still warns before',
    { ...issued({ notBefore: days(-345), notAfter: days(20) }), userOptions: { failWithin: 14 * day } },
    [{ says: 'in 19d' }],
  ],
  [
    'an intermediate CA in its file',
    frontProxy({ chain: [client(middle(20)), middle(20)], trusted: [frontProxyCa] }),
    [
      {
        says: 'when the intermediate CA above the front-proxy client certificate expires',
        fix: 'Let `CN=front-proxy-ca` reissue this intermediate CA',
      },
    ],
  ],
  ['an intermediate CA that lasts', frontProxy({ chain: [client(middle(400)), middle(400)], trusted: [frontProxyCa] }), 'passed'],
  [
    'an intermediate CA that the bundle trusts by itself, in another certificate that lasts',
    frontProxy({ chain: [client(middle(20)), middle(20)], trusted: [middle(400)] }),
    'passed',
  ],
  [
    'the requestheader CA',
    frontProxy({ chain: [client(ca('short', { notAfter: days(20) }))], trusted: [ca('short', { notAfter: days(20) })] }),
    [{ says: 'when the requestheader CA expires', fix: 'beside the old one' }],
  ],
  [
    'an old requestheader CA beside its successor of the same name',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(20) }), frontProxyCa] }),
    'passed',
  ],
  [
    'another CA of the bundle, on which nothing depends',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('short', { notAfter: days(20) }), frontProxyCa] }),
    'passed',
  ],
  ['no pair is set', noPair, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
  [
    '--fail-within is exactly what is left',
    { ...issued({ notAfter: later(60) }), now: second, userOptions: { failWithin: 60 * day } },
    'passed',
  ],
  [
    '--warn-within is exactly what is left',
    { ...issued({ notAfter: later(60) }), now: second, userOptions: { warnWithin: 60 * day } },
    'passed',
  ],
];
