import { frontProxyCa, line, lines, middle, none, places, under } from '../../../test/checks/pki.ts';
import type { Row } from '../../../test/checks/row.ts';
import { client, frontProxy } from '../../../test/support/facts.ts';
import { keyPair } from '../../../test/support/pki.ts';

export const rows: readonly Row[] = [
  ['the leaf alone', under(frontProxyCa), 'passed'],
  ['the leaf, then its CA', frontProxy({ chain: [client(middle), middle], trusted: [frontProxyCa] }), 'passed'],
  [
    'the CA, then the leaf',
    frontProxy({ chain: [middle, client(middle)], trusted: [frontProxyCa], key: keyPair('p-256', 'client') }),
    [
      {
        says: 'begins with the CA `CN=middle` instead of the leaf `CN=front-proxy-client`',
        at: line(places.cert, 1 + lines(middle.pem)),
        evidence: '`tls: private key does not match public key`',
        command: `sed -n 1,${lines(middle.pem)}p /etc/kubernetes/pki/front-proxy-client.crt >> /root/front-proxy-client.crt`,
      },
    ],
  ],
  [
    'the leaf between two CAs',
    frontProxy({ chain: [middle, client(middle), frontProxyCa], trusted: [frontProxyCa], key: keyPair('p-256', 'client') }),
    [{ command: `sed -n '1,${lines(middle.pem)}p;${1 + lines(middle.pem) + lines(client(middle).pem)},$p'` }],
  ],
  [
    'the key is that of none, which is another check',
    frontProxy({ chain: [middle, client(middle)], trusted: [frontProxyCa], key: keyPair('p-256', 'another') }),
    'passed',
  ],
  ['no pair is set', none, 'inapplicable'],
  ['no flag names the key', { proxyClientKey: null }, 'inapplicable'],
];
