import { issued } from '../../../test/checks/front-proxy-dates.ts';
import type { Row } from '../../../test/checks/row.ts';
import { days, file, noPair, places } from '../../../test/support/facts.ts';

/** Certificates have no milliseconds. */
const second = new Date(Math.floor(days(0).getTime() / 1000) * 1000);

export const rows: readonly Row[] = [
  ['it is valid', {}, 'passed'],
  [
    'k3s would not renew it at its start',
    { ...issued({ notBefore: days(1) }), distribution: 'k3s' },
    [{ command: 'k3s certificate rotate' }],
  ],
  ['from tomorrow', issued({ notBefore: days(1) }), [{ says: 'in 23h', at: places.cert, evidence: 'this clock says' }]],
  ['from this very moment', { ...issued({ notBefore: second }), now: second }, 'passed'],
  ["the server's clock differs by a minute", { ...issued({ notBefore: days(1) }), clockSkew: 60_000 }, [{ evidence: 'this clock says' }]],
  [
    "the server's clock differs",
    { ...issued({ notBefore: days(1) }), clockSkew: 90_000 },
    [{ evidence: "the server's clock differs from this one's by 90 s" }],
  ],
  ['no pair is set', noPair, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
];
