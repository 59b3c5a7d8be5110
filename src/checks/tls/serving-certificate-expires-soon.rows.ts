import type { Row } from '../../../test/checks/row.ts';
import { at, insecure, leaf, presents, trusted } from '../../../test/checks/serving.ts';
import { ca, certificates, days, unknown } from '../../../test/support/facts.ts';

const middle = (lasts: number) => ca('middle', { issuer: trusted, notAfter: days(lasts) });
const short = ca('short', { notAfter: days(20) });
const day = 86_400_000;
/** Certificates have no milliseconds. */
const second = new Date(Math.floor(days(0).getTime() / 1000) * 1000);
const later = (count: number) => new Date(second.getTime() + count * day);

export const rows: readonly Row[] = [
  ['it lasts', presents([leaf()]), 'passed'],
  ['10 days', presents([leaf({ notAfter: days(10) })]), [{ says: 'will fail on', at, fix: 'in time' }]],
  ['a fifth of a short life', presents([leaf({ notBefore: days(-5), notAfter: days(4) })]), 'passed'],
  ['within --fail-within', { ...presents([leaf()]), userOptions: { failWithin: 400 * 86_400_000 } }, [{ severity: 'error' }]],
  [
    'an intermediate CA that it sends',
    presents([leaf({}, middle(20)), middle(20)]),
    [
      {
        says: 'when the intermediate CA `CN=middle` that its extension API server sends expires',
        at,
        fix: 'by an intermediate CA that is valid longer',
      },
    ],
  ],
  ['an intermediate CA that lasts', presents([leaf({}, middle(400)), middle(400)]), 'passed'],
  [
    'the CA in caBundle',
    presents([leaf({}, short)], '', { caBundle: { certificates: certificates([short]) } }),
    [{ says: 'when the CA `CN=short` in its caBundle expires', fix: 'beside the old one' }],
  ],
  [
    'an old CA in caBundle, on which nothing depends',
    presents([leaf()], '', { caBundle: { certificates: certificates([short, trusted]) } }),
    'passed',
  ],
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
  ['1 hour, and Rancher renews it in the last', presents([leaf({ notAfter: days(0.04) })], '', { group: 'ext.cattle.io' }), 'passed'],
  ['nothing is verified', presents([leaf({ notAfter: days(20) })], '', insecure), 'inapplicable'],
  ['it could not be seen', { serving: unknown }, 'skipped'],
  [
    'exactly what --fail-within says',
    { ...presents([leaf({ notAfter: later(60) })]), now: second, userOptions: { failWithin: 60 * day } },
    'passed',
  ],
  [
    'exactly what --warn-within says',
    { ...presents([leaf({ notAfter: later(60) })]), now: second, userOptions: { warnWithin: 60 * day } },
    'passed',
  ],
  ['its last moment', { ...presents([leaf({ notAfter: second })]), now: second }, [{ says: 'will fail on' }]],
];
