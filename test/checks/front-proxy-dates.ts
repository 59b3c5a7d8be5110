import { ca, client, days, frontProxy, healthy, noPair, places } from '../support/facts.ts';
import type { Rows } from './row.ts';

const frontProxyCa = ca('front-proxy-ca');
const issued = (recipe: Parameters<typeof client>[1] = {}, trusted = [frontProxyCa], published = trusted) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted, published });
const day = 86_400_000;

export const rows: Rows = {
  'front-proxy-client-expired': [
    ['it is valid', {}, 'passed'],
    [
      'since three days',
      issued({ notAfter: days(-3) }),
      [{ says: '3d ago', at: places.cert, evidence: 'otherwise sound', command: 'kubeadm certs renew front-proxy-client' }],
    ],
    ['its last second', issued({ notAfter: new Date(Math.floor(healthy.now.getTime() / 1000) * 1000 + 1000) }), 'passed'],
    [
      'and another CA signed it: renewal is not called enough',
      frontProxy({ chain: [client(ca('another-ca'), { notAfter: days(-3) })], trusted: [frontProxyCa] }),
      [{ says: '3d ago', evidence: 'serial' }],
    ],
    [
      'the first certificate of the file counts',
      frontProxy({ chain: [client(frontProxyCa, { notAfter: days(-3) }), client(frontProxyCa)], trusted: [frontProxyCa] }),
      [{ says: '3d ago' }],
    ],
    ['another distribution', { ...issued({ notAfter: days(-3) }), distribution: 'k3s' }, [{ fix: 'Issue a new client certificate' }]],
    ['no pair is set', noPair, 'inapplicable'],
  ],
  'front-proxy-client-not-yet-valid': [
    ['it is valid', {}, 'passed'],
    ['from tomorrow', issued({ notBefore: days(1) }), [{ says: 'in 23h', at: places.cert, evidence: 'this clock says' }]],
    [
      "the server's clock differs",
      { ...issued({ notBefore: days(1) }), clockSkew: 90_000 },
      [{ evidence: "the server's clock differs from this one's by 90 s" }],
    ],
    ['no pair is set', noPair, 'inapplicable'],
  ],
  'front-proxy-client-expires-soon': [
    ['a year lies before it, and --fail-within is less', { ...issued(), choices: { failWithin: 14 * day } }, 'passed'],
    ['a year lies before it', {}, 'passed'],
    ['31 of 365 days are left', issued({ notBefore: days(-334), notAfter: days(31) }), 'passed'],
    [
      '29 of 365 days are left',
      issued({ notBefore: days(-336), notAfter: days(29) }),
      [{ says: 'in 28d', at: places.cert, command: 'kubeadm certs renew front-proxy-client' }],
    ],
    ['a fifth of a short lifetime is left', issued({ notBefore: days(-7), notAfter: days(3) }), 'passed'],
    ['less than a fifth of a short lifetime is left', issued({ notBefore: days(-9), notAfter: days(1) }), [{ says: 'in 23h' }]],
    ['--warn-within is wider', { ...issued({ notAfter: days(60) }), choices: { warnWithin: 90 * day } }, [{ says: 'in 59d' }]],
    ['--warn-within is narrower', { ...issued({ notBefore: days(-355), notAfter: days(10) }), choices: { warnWithin: 5 * day } }, 'passed'],
    ['--fail-within makes it an error', { ...issued({ notAfter: days(10) }), choices: { failWithin: 14 * day } }, [{ severity: 'error' }]],
    [
      '--fail-within alone still warns before',
      { ...issued({ notBefore: days(-345), notAfter: days(20) }), choices: { failWithin: 14 * day } },
      [{ says: 'in 19d' }],
    ],
    ['no pair is set', noPair, 'inapplicable'],
  ],
};
