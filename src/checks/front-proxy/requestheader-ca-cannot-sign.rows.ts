import { frontProxyCa, line, lines, middle, none, places, under } from '../../../test/checks/pki.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, file, frontProxy } from '../../../test/support/facts.ts';
import { dnsName } from '../../../test/support/pki.ts';

const cannot = ca('front-proxy-ca', { basicConstraints: { ca: false } });
const short = ca('front-proxy-ca', { basicConstraints: { ca: true, pathLength: 0 } });
const narrow = ca('front-proxy-ca', { nameConstraints: { permitted: [dnsName('example.com')] } });

export const rows: readonly Row[] = [
  ['it may', under(frontProxyCa), 'passed'],
  ['another CA signed, which is another check', under(ca('another-ca')), 'passed'],
  [
    'it lacks CA:TRUE',
    under(cannot),
    [
      {
        says: '`CN=front-proxy-ca` is not a CA certificate',
        latent: false,
        at: line(places.ca, 1),
        evidence: 'parent certificate cannot sign this kind of certificate',
        command: 'openssl x509 -in /etc/kubernetes/pki/front-proxy-ca.crt -signkey /etc/kubernetes/pki/front-proxy-ca.key -clrext',
      },
    ],
  ],
  ['it lacks the extension', under(ca('front-proxy-ca', { basicConstraints: undefined as never })), [{ says: 'is not a CA certificate' }]],
  [
    'it lacks keyCertSign',
    under(ca('front-proxy-ca', { keyUsage: ['digitalSignature'] })),
    [{ says: 'lacks keyCertSign', command: 'subjectKeyIdentifier=' }],
  ],
  [
    'it allows no CA below it',
    frontProxy({ chain: [client(ca('middle', { issuer: short })), ca('middle', { issuer: short })], trusted: [short] }),
    [{ says: 'allows only 0 CAs below it', evidence: 'too many intermediates for path length constraint' }],
  ],
  ['it allows other names only', under(narrow, { dns: ['front-proxy-client'] }), [{ says: 'name constraints', evidence: 'permitted' }]],
  ['constraints that the certificate keeps to', under(narrow), 'passed'],
  [
    'the intermediate lacks CA:TRUE: the place is in the file of the chain',
    frontProxy({
      chain: [client(middle), ca('middle', { issuer: frontProxyCa, basicConstraints: { ca: false } })],
      trusted: [frontProxyCa],
    }),
    [{ says: '`CN=middle` is not a CA', at: line(places.cert, 1 + lines(client(middle).pem)), fix: 'Reissue this CA certificate' }],
  ],
  [
    'the ConfigMap holds a sound one as well',
    under(cannot, {}, [cannot, frontProxyCa]),
    [{ says: 'work only while', severity: 'warning', latent: true }],
  ],
  ['no pair is set', none, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
  ['no flag names the CA', { requestheaderCa: null }, 'inapplicable'],
  ['the file of the CA holds none', { requestheaderCa: file('requestheaderCa', { certificates: [] }) }, 'inapplicable'],
  [
    'the file holds another CA, which reissuing it would lose',
    frontProxy({ chain: [client(cannot)], trusted: [cannot, ca('other-ca')] }),
    [{ fix: 'Reissue this CA certificate' }],
  ],
];
