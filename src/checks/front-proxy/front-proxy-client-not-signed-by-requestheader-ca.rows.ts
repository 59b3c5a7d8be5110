import { frontProxyCa, issued } from '../../../test/checks/front-proxy-chain.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, days, file, frontProxy, noPair, places, unknown } from '../../../test/support/facts.ts';
import { keyPair } from '../../../test/support/pki.ts';

const short = ca('front-proxy-ca', { basicConstraints: { ca: true, pathLength: 0 } });

export const rows: readonly Row[] = [
  [
    'the ConfigMap holds no CA at all',
    frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa], published: [] }),
    [{ says: 'Aggregated APIs fail for every user' }],
  ],
  ['it is', issued(), 'passed'],
  ['one of two CAs signed it', issued({}, [ca('old-ca'), frontProxyCa]), 'passed'],
  [
    'the intermediate is in the file',
    frontProxy({
      chain: [client(ca('middle', { issuer: frontProxyCa })), ca('middle', { issuer: frontProxyCa })],
      trusted: [frontProxyCa],
    }),
    'passed',
  ],
  [
    'the intermediate is not',
    frontProxy({ chain: [client(ca('middle', { issuer: frontProxyCa }))], trusted: [frontProxyCa] }),
    [{ evidence: 'the chain ends below CN=middle and does not contain its certificate' }],
  ],
  [
    'another CA did',
    frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa] }),
    [
      {
        says: 'Aggregated APIs fail for every user',
        at: places.cert,
        evidence: '`x509: certificate signed by unknown authority`',
        command: 'kubeadm init phase certs front-proxy-client',
      },
    ],
  ],
  [
    'another CA of the same name did',
    frontProxy({ chain: [client(ca('front-proxy-ca', { key: keyPair('p-256', 'impostor') }))], trusted: [frontProxyCa] }),
    [{ says: 'did not sign', evidence: 'the signer has the same name but another key' }],
  ],
  ['the CA is none, which is another check', issued({}, [ca('front-proxy-ca', { basicConstraints: { ca: false } })]), 'passed'],
  [
    'the CA may have no CA below it, which is another check',
    frontProxy({ chain: [client(ca('middle', { issuer: short })), ca('middle', { issuer: short })], trusted: [short] }),
    'passed',
  ],
  ['signed with SHA-1, which is another check', issued({ hash: 'sha1' }), 'passed'],
  [
    'the CA of the users did, which is another check',
    {
      ...frontProxy({ chain: [client(ca('kubernetes'))], trusted: [frontProxyCa] }),
      clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] },
    },
    'passed',
  ],
  [
    'a CA whose name only reads alike did',
    frontProxy({ chain: [client(ca('front-proxy-ca', { subject: [['CN', 'front-proxy-ca', 'utf8']] }))], trusted: [frontProxyCa] }),
    [{ evidence: 'the two names look the same' }],
  ],
  [
    'the key of the CA is too small to count',
    frontProxy({
      chain: [client(ca('front-proxy-ca', { key: keyPair('rsa-512') }))],
      trusted: [ca('front-proxy-ca', { key: keyPair('rsa-512') })],
    }),
    [{ says: 'no valid chain leads', evidence: '512-bit keys are insecure' }],
  ],
  [
    'the chain goes on above what is in the file',
    frontProxy({
      chain: [client(ca('low', { issuer: ca('middle', { issuer: frontProxyCa }) })), ca('low', { issuer: ca('middle') })],
      trusted: [frontProxyCa],
    }),
    [{ evidence: 'the chain ends below CN=middle and does not contain its certificate' }],
  ],
  [
    'the ConfigMap still holds the one that did',
    frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa], published: [frontProxyCa, ca('another-ca')] }),
    [{ says: 'work only while', severity: 'warning', latent: true }],
  ],
  [
    'nobody knows the ConfigMap',
    {
      ...frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa] }),
      authConfigMap: unknown,
      signerFaultByConfigMap: unknown,
    },
    [{ evidence: 'the ConfigMap could not be read' }],
  ],
  ['it expired, which is another check', issued({ notAfter: days(-3) }), 'passed'],
  [
    'it expired, and another CA signed it',
    frontProxy({ chain: [client(ca('another-ca'), { notAfter: days(-3) })], trusted: [frontProxyCa] }),
    [{ says: 'did not sign' }],
  ],
  ['it is for servers only, which is another check', issued({ extendedKeyUsage: ['serverAuth'] }), 'passed'],
  ['no CA is named', { requestheaderCa: null, signerFaultByFlags: null }, 'inapplicable'],
  ['no pair is set', noPair, 'inapplicable'],
  [
    'Go does not accept the key of the CA that signed it',
    {
      ...issued(),
      signerFaultByFlags: {
        kind: 'unknown-authority',
        text: 'x509: certificate signed by unknown authority (possibly because of "crypto/rsa: 512-bit keys are insecure")',
        above: false,
      },
    },
    [{ says: 'no valid chain leads from the front-proxy client certificate' }],
  ],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
  ['the file of the CA holds none', { requestheaderCa: file('requestheaderCa', { certificates: [] }) }, 'inapplicable'],
];
