import { frontProxyCa, issued } from '../../../test/checks/front-proxy-chain.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, days, frontProxy, healthy, places } from '../../../test/support/facts.ts';

/** Certificates have no milliseconds. */
const second = new Date(Math.floor(healthy.now.getTime() / 1000) * 1000);

const middle = ca('middle', { issuer: frontProxyCa });
const expired = ca('middle', { issuer: frontProxyCa, notAfter: days(-1) });

export const rows: readonly Row[] = [
  ['it is valid', {}, 'passed'],
  [
    'it expired',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(-2) })] }),
    [
      {
        says: 'the requestheader CA `CN=front-proxy-ca` expired',
        at: { ...places.ca, line: 1 },
        evidence: 'named in --requestheader-client-ca-file',
      },
    ],
  ],
  [
    'it expired on k0s, which makes a new one',
    {
      ...frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(-2) })] }),
      distribution: 'k0s',
    },
    [{ command: 'systemctl restart k0scontroller' }],
  ],
  [
    'it expired where Kubernetes was set up by hand: openssl makes another one, and a pair',
    {
      ...frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(-2) })] }),
      distribution: null,
    },
    [{ command: 'openssl req -new', fix: 'make a new CA' }],
  ],
  [
    'this very second',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: new Date(healthy.now.getTime() - 1000) })] }),
    [{ says: '1s ago' }],
  ],
  [
    'an old one beside its successor of the same name',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(-2), serial: 2 }), frontProxyCa] }),
    'passed',
  ],
  ['another one, which signed nothing here', issued({}, [ca('old-ca', { notAfter: days(-2) }), frontProxyCa]), 'passed'],
  [
    'in a bundle, the line is that of the CA',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('other-ca'), ca('front-proxy-ca', { notAfter: days(-2) })] }),
    [{ at: { ...places.ca, line: ca('other-ca').pem.split('\n').length } }],
  ],
  [
    'an intermediate in the file of the client certificate expired',
    frontProxy({ chain: [client(expired), expired], trusted: [frontProxyCa] }),
    [
      {
        says: 'the intermediate CA `CN=middle` expired',
        at: { ...places.cert, line: client(expired).pem.split('\n').length },
        fix: 'Let `CN=front-proxy-ca` reissue',
      },
    ],
  ],
  [
    'beside one of the same name and key that is valid',
    frontProxy({ chain: [client(middle), expired, middle], trusted: [frontProxyCa] }),
    'passed',
  ],
  [
    'the root above an intermediate expired',
    frontProxy({ chain: [client(middle), middle], trusted: [ca('front-proxy-ca', { notAfter: days(-2) })] }),
    [{ says: 'the requestheader CA `CN=front-proxy-ca` expired' }],
  ],
  ['no flag names it', { requestheaderCa: null }, 'inapplicable'],
  [
    'its last moment',
    { ...frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: second })] }), now: second },
    'passed',
  ],
];
