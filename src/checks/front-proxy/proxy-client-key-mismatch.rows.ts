import { pairFault } from '../../../test/checks/front-proxy-files.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, file, frontProxy, noPair, places } from '../../../test/support/facts.ts';
import { keyPair } from '../../../test/support/pki.ts';

const frontProxyCa = ca('front-proxy-ca');
const issued = (recipe: Parameters<typeof client>[1] = {}, trusted = [frontProxyCa], published = trusted) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted, published });

export const rows: readonly Row[] = [
  [
    'kubeadm writes only to its own directory: no kubeadm command for other paths',
    {
      ...pairFault('tls: private key does not match public key', 'proxyClientKey'),
      proxyClientCert: file('proxyClientCert', { hostPath: '/srv/pki/x.crt' }),
    },
    [{ says: 'does not belong to the certificate' }],
  ],
  ['they belong together', issued(), 'passed'],
  [
    'the key is another one',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [frontProxyCa], key: keyPair('p-256', 'another') }),
    [
      {
        says: 'does not belong to the certificate',
        at: places.key,
        evidence: '`tls: private key does not match public key`',
        command: 'kubeadm init phase certs front-proxy-client',
      },
    ],
  ],
  [
    'the key is of another type',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [frontProxyCa], key: keyPair('rsa-1024') }),
    [{ evidence: '`tls: private key type does not match public key type`' }],
  ],
  [
    'the CA stands before the leaf, which is another check',
    frontProxy({ chain: [frontProxyCa, client(frontProxyCa)], trusted: [frontProxyCa], key: keyPair('p-256', 'client') }),
    'passed',
  ],
  ['the key is no PEM, which is another check', pairFault('tls: failed to find any PEM data in key input', 'proxyClientKey'), 'passed'],
  ['no pair is set', noPair, 'inapplicable'],
  ['no flag names the key', { proxyClientKey: null }, 'inapplicable'],
];
