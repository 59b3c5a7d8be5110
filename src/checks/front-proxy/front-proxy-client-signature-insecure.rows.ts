import { frontProxyCa, line, lines, middle, none, places, under } from '../../../test/checks/pki.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, file, frontProxy } from '../../../test/support/facts.ts';
import { upgradeFrom } from '../../facts/cluster/upgrade.ts';

export const rows: readonly Row[] = [
  ['SHA-256', under(frontProxyCa), 'passed'],
  ['another CA signed, which is another check', under(ca('another-ca')), 'passed'],
  [
    'SHA-1',
    under(frontProxyCa, { hash: 'sha1' }),
    [
      {
        says: 'is signed with ECDSA-SHA1, which Go rejects',
        at: places.cert,
        evidence: 'insecure algorithm ECDSA-SHA1',
        command: 'kubeadm init phase certs front-proxy-client',
      },
    ],
  ],
  [
    'SHA-1, before the version that refuses it',
    { ...under(frontProxyCa, { hash: 'sha1' }), upgrade: upgradeFrom(23, undefined) },
    [{ since: 24 }],
  ],
  [
    'SHA-1 of a CA on the way',
    frontProxy({ chain: [client(middle), ca('middle', { issuer: frontProxyCa, hash: 'sha1' })], trusted: [frontProxyCa] }),
    [{ says: '`CN=middle` is signed with ECDSA-SHA1', at: line(places.cert, 1 + lines(client(middle).pem)), fix: 'from the CA above it' }],
  ],
  ["the root's own signature does not matter", under(ca('front-proxy-ca', { hash: 'sha1' })), 'passed'],
  ['no pair is set', none, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
];
