import { ca, client, days, frontProxy, healthy, noPair, places, unknown } from '../support/facts.ts';
import { keyPair } from '../support/pki.ts';
import type { Rows } from './row.ts';

const frontProxyCa = ca('front-proxy-ca');
const issued = (recipe: Parameters<typeof client>[1] = {}, trusted = [frontProxyCa], published = trusted) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted, published });
const short = ca('front-proxy-ca', { basicConstraints: { ca: true, pathLength: 0 } });

export const rows: Rows = {
  'requestheader-ca-expired': [
    ['it is valid', {}, 'passed'],
    [
      'it expired',
      frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(-2) })] }),
      [
        {
          says: 'the front-proxy CA `CN=front-proxy-ca` expired',
          at: { ...places.ca, line: 1 },
          evidence: 'named in --requestheader-client-ca-file',
        },
      ],
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
    ['no flag names it', { requestheaderCa: null }, 'inapplicable'],
  ],
  'front-proxy-client-not-signed-by-requestheader-ca': [
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
      [{ evidence: 'issued by CN=middle' }],
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
      [{ says: 'did not sign' }],
    ],
    [
      'the CA is none: it lacks CA:TRUE',
      issued({}, [ca('front-proxy-ca', { basicConstraints: { ca: false } })]),
      [{ says: 'no valid chain leads', evidence: 'x509: ' }],
    ],
    [
      'the CA may have no CA below it, and has one',
      frontProxy({ chain: [client(ca('middle', { issuer: short })), ca('middle', { issuer: short })], trusted: [short] }),
      [{ says: 'no valid chain leads', evidence: 'too many intermediates' }],
    ],
    ['signed with SHA-1', issued({ hash: 'sha1' }), [{ says: 'no valid chain leads', evidence: 'insecure algorithm' }]],
    [
      'the ConfigMap still holds the one that did',
      frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa], published: [frontProxyCa, ca('another-ca')] }),
      [{ says: 'work only as long as', severity: 'warning', latent: true }],
    ],
    [
      'nobody knows the ConfigMap',
      { ...frontProxy({ chain: [client(ca('another-ca'))], trusted: [frontProxyCa] }), authConfigMap: unknown, configMapSigner: unknown },
      [{ evidence: 'the ConfigMap could not be read' }],
    ],
    ['it expired, which is another check', issued({ notAfter: days(-3) }), 'passed'],
    [
      'it expired, and another CA signed it',
      frontProxy({ chain: [client(ca('another-ca'), { notAfter: days(-3) })], trusted: [frontProxyCa] }),
      [{ says: 'did not sign' }],
    ],
    ['it is for servers only, which is another check', issued({ extendedKeyUsage: ['serverAuth'] }), 'passed'],
    ['no CA is named', { requestheaderCa: null, flagsSigner: null }, 'inapplicable'],
    ['no pair is set', noPair, 'inapplicable'],
  ],
  'front-proxy-client-without-clientauth': [
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
  ],
};
