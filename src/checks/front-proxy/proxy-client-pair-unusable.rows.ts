import { pairFault } from '../../../test/checks/front-proxy-files.ts';
import type { Row } from '../../../test/checks/row.ts';
import { noPair, places } from '../../../test/support/facts.ts';

const switched = pairFault(
  'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
  'proxyClientCert',
);

export const rows: readonly Row[] = [
  ['it loads', {}, 'passed'],
  ['a key of another certificate is another check', pairFault('tls: private key does not match public key', 'proxyClientKey'), 'passed'],
  [
    'the key is no PEM',
    pairFault('tls: failed to find any PEM data in key input', 'proxyClientKey'),
    [{ says: '`tls: failed to find any PEM data in key input`', at: places.key, command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  [
    'the certificate is empty',
    pairFault('tls: failed to find any PEM data in certificate input', 'proxyClientCert'),
    [{ at: places.cert, evidence: 'named in --proxy-client-cert-file' }],
  ],
  [
    'the flags name one file in place of the other',
    switched,
    [
      {
        fix: 'set --proxy-client-cert-file to the certificate',
        command: 'vi /root/kube-apiserver.yaml',
      },
    ],
  ],
  ['no pair is set', noPair, 'inapplicable'],
];
