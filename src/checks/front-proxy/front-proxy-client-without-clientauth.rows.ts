import { frontProxyCa, issued } from '../../../test/checks/front-proxy-chain.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, file, frontProxy, noPair, places } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['clientAuth', issued(), 'passed'],
  ['any use', issued({ extendedKeyUsage: ['any'] }), 'passed'],
  ['no EKU at all', frontProxy({ chain: [client(frontProxyCa, { extendedKeyUsage: [] })], trusted: [frontProxyCa] }), 'passed'],
  [
    'for servers only',
    issued({ extendedKeyUsage: ['serverAuth'] }),
    [
      {
        says: 'its EKU lacks `clientAuth`',
        at: places.cert,
        evidence: 'EKU of the certificate: serverAuth',
        command: 'kubeadm init phase certs front-proxy-client',
      },
    ],
  ],
  [
    'a CA above it is for servers only',
    frontProxy({
      chain: [client(ca('front-proxy-ca', { extendedKeyUsage: ['serverAuth'] }))],
      trusted: [ca('front-proxy-ca', { extendedKeyUsage: ['serverAuth'] })],
    }),
    [
      {
        says: 'the EKU of a CA above it lacks `clientAuth`',
        evidence: 'EKU of the certificate: clientAuth; issued by CN=front-proxy-ca',
      },
    ],
  ],
  ['another CA signed it, which is another check', frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa] }), 'passed'],
  ['no pair is set', noPair, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
  [
    'a CA above it is for servers only, and it says nothing',
    frontProxy({
      chain: [client(ca('front-proxy-ca', { extendedKeyUsage: ['serverAuth'] }), { extendedKeyUsage: [] })],
      trusted: [ca('front-proxy-ca', { extendedKeyUsage: ['serverAuth'] })],
    }),
    [{ says: 'the EKU of a CA above it lacks `clientAuth`' }],
  ],
];
