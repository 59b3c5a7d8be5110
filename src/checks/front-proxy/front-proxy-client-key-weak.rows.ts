import { frontProxyCa, none, places, under } from '../../../test/checks/pki.ts';
import type { Row } from '../../../test/checks/row.ts';
import { file } from '../../../test/support/facts.ts';
import { keyPair } from '../../../test/support/pki.ts';

export const rows: readonly Row[] = [
  ['RSA of 2048 bits', {}, 'passed'],
  ['RSA of 1024 bits', under(frontProxyCa, { key: keyPair('rsa-1024') }), 'passed'],
  ['ECDSA', under(frontProxyCa), 'passed'],
  [
    'RSA of 512 bits',
    under(frontProxyCa, { key: keyPair('rsa-512') }),
    [{ says: 'has only 512 bits', at: places.cert, command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  ['no pair is set', none, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
];
