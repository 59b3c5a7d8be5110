import { upgradeFrom } from '../../src/facts/version-rules.ts';
import { ca, client, file, frontProxy, healthy, unknown } from '../support/facts.ts';
import { dnsName, keyPair } from '../support/pki.ts';
import type { Rows } from './row.ts';

const frontProxyCa = ca('front-proxy-ca');
const clusterCa = ca('kubernetes');
const middle = ca('middle', { issuer: frontProxyCa });
const { proxyClientCert, proxyClientKey, requestheaderCa } = healthy;
const places = { cert: proxyClientCert?.at, key: proxyClientKey?.at, ca: requestheaderCa?.at };
const line = (place: (typeof places)['cert'], number: number) => ({ ...place, line: number }) as NonNullable<typeof place>;
const none = { proxyClientCert: null, proxyClientKey: null, pairFault: null, flagsSigner: null, configMapSigner: null };
/** The CA of the users signed the pair. */
const users = (groups: readonly string[] = [], published = [frontProxyCa]) => ({
  ...frontProxy({ chain: [client(clusterCa)], trusted: [frontProxyCa], published }),
  clientCaIdentity: { user: 'front-proxy-client', groups: [...groups, 'system:authenticated'] },
});
const kubeletClient = '/etc/kubernetes/pki/apiserver-kubelet-client.crt';
const kubeletCert = file('proxyClientCert', { path: kubeletClient, hostPath: kubeletClient });
const under = (trusted: ReturnType<typeof ca>, recipe: Parameters<typeof client>[1] = {}, published = [trusted]) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted: [trusted], published });
const cannot = ca('front-proxy-ca', { basicConstraints: { ca: false } });
const short = ca('front-proxy-ca', { basicConstraints: { ca: true, pathLength: 0 } });
const narrow = ca('front-proxy-ca', { nameConstraints: { permitted: [dnsName('example.com')] } });
const owned = (mode: string, uid = 0, gid = 0) => ({
  proxyClientKey: file('proxyClientKey', { answer: { is: 'pem', mode, uid, gid, mtime: '2026-01-01T00:00:00Z' } }),
});
const lines = (pem: string) => pem.split('\n').length - 1;

export const rows: Rows = {
  'front-proxy-client-wrong-identity': [
    ['it is its own', {}, 'passed'],
    ['a stranger signed it, whom nobody trusts', frontProxy({ chain: [client(clusterCa)], trusted: [frontProxyCa] }), 'passed'],
    [
      'one CA for both: it is the front proxy all the same',
      { clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] } },
      'passed',
    ],
    [
      'the CA of the users signed it',
      users(),
      [
        {
          says: 'Every user acts as `front-proxy-client` in every extension server',
          at: places.cert,
          evidence: '403 `User "front-proxy-client" cannot …`',
          command: 'kubeadm init phase certs front-proxy-client',
        },
      ],
    ],
    [
      'and an administrator is its name',
      users(['system:masters']),
      [{ says: 'Every user is an administrator', evidence: 'nothing else shows' }],
    ],
    [
      'it is the pair of another flag, which is left alone',
      {
        ...users(),
        proxyClientCert: kubeletCert,
      },
      [
        {
          fix: 'set --proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt',
          command: 'vi /root/kube-apiserver.yaml',
        },
      ],
    ],
    [
      'an unknown distribution',
      { ...users(), distribution: null },
      [{ fix: 'Issue a new client certificate (EKU clientAuth, the CN of `--requestheader-allowed-names`)' }],
    ],
    ['k3s rotates it by itself', { ...users(), distribution: 'k3s' }, [{ command: 'k3s certificate rotate --service auth-proxy' }]],
    ['the ConfigMap still has that CA', users([], [frontProxyCa, clusterCa]), [{ says: 'as soon as', severity: 'warning', latent: true }]],
    ['no pair is set', none, 'inapplicable'],
    ['the CA of the users cannot be read', { clientCaIdentity: unknown }, 'skipped'],
  ],
  'requestheader-ca-cannot-sign': [
    ['it may', under(frontProxyCa), 'passed'],
    ['another CA signed, which is another check', under(ca('another-ca')), 'passed'],
    [
      'it lacks CA:TRUE',
      under(cannot),
      [
        {
          says: '`CN=front-proxy-ca` is no CA certificate',
          at: line(places.ca, 1),
          evidence: 'parent certificate cannot sign this kind of certificate',
          command: 'openssl x509 -in /etc/kubernetes/pki/front-proxy-ca.crt -signkey /etc/kubernetes/pki/front-proxy-ca.key -clrext',
        },
      ],
    ],
    ['it lacks the extension', under(ca('front-proxy-ca', { basicConstraints: undefined as never })), [{ says: 'is no CA certificate' }]],
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
      [{ says: '`CN=middle` is no CA', at: line(places.cert, 1 + lines(client(middle).pem)), fix: 'Issue this CA certificate anew' }],
    ],
    [
      'the ConfigMap holds a sound one as well',
      under(cannot, {}, [cannot, frontProxyCa]),
      [{ says: 'work only as long as', severity: 'warning', latent: true }],
    ],
    ['no pair is set', none, 'inapplicable'],
  ],
  'front-proxy-client-signature-insecure': [
    ['SHA-256', under(frontProxyCa), 'passed'],
    ['another CA signed, which is another check', under(ca('another-ca')), 'passed'],
    [
      'SHA-1',
      under(frontProxyCa, { hash: 'sha1' }),
      [
        {
          says: 'is signed with ECDSA-SHA1, which Go refuses',
          at: places.cert,
          evidence: 'insecure algorithm ECDSA-SHA1',
          command: 'kubeadm certs renew front-proxy-client',
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
      [{ says: '`CN=middle` is signed with ECDSA-SHA1', at: line(places.cert, 1 + lines(client(middle).pem)), fix: 'by the CA above it' }],
    ],
    ["the root's own signature does not matter", under(ca('front-proxy-ca', { hash: 'sha1' })), 'passed'],
    ['no pair is set', none, 'inapplicable'],
  ],
  'proxy-client-chain-not-leaf-first': [
    ['the leaf alone', under(frontProxyCa), 'passed'],
    ['the leaf, then its CA', frontProxy({ chain: [client(middle), middle], trusted: [frontProxyCa] }), 'passed'],
    [
      'the CA, then the leaf',
      frontProxy({ chain: [middle, client(middle)], trusted: [frontProxyCa], key: keyPair('p-256', 'client') }),
      [
        {
          says: 'begins with the CA `CN=middle`, and the leaf `CN=front-proxy-client` stands behind it',
          at: line(places.cert, 1 + lines(middle.pem)),
          evidence: '`tls: private key does not match public key`',
          command: `sed -n '1,${lines(middle.pem)}p' /etc/kubernetes/pki/front-proxy-client.crt >> /root/front-proxy-client.crt`,
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
  ],
  'front-proxy-client-key-weak': [
    ['RSA of 2048 bits', {}, 'passed'],
    ['RSA of 1024 bits', under(frontProxyCa, { key: keyPair('rsa-1024') }), 'passed'],
    ['ECDSA', under(frontProxyCa), 'passed'],
    [
      'RSA of 512 bits',
      under(frontProxyCa, { key: keyPair('rsa-512') }),
      [{ says: 'has only 512 bits', at: places.cert, command: 'kubeadm init phase certs front-proxy-client' }],
    ],
    ['no pair is set', none, 'inapplicable'],
  ],
  'front-proxy-key-not-private': [
    ['as kubeadm writes it', owned('0600'), 'passed'],
    ['its group may read it, as some distributions have it', owned('0640', 0, 2000), 'passed'],
    [
      'everybody may read it',
      owned('0644'),
      [
        {
          says: 'may read the front-proxy key',
          at: places.key,
          evidence: 'mode 0644',
          command: 'chmod 0600 /etc/kubernetes/pki/front-proxy-client.key',
        },
      ],
    ],
    ['everybody may write it', owned('0602'), [{ says: 'may overwrite' }]],
    [
      'kube-apiserver itself lives on that right: its group gets it',
      { ...owned('0644'), nodeFiles: { uid: 65534, gids: [2000] } },
      [{ command: 'chgrp 2000 /etc/kubernetes/pki/front-proxy-client.key' }],
    ],
    [
      'its group has it already',
      { ...owned('0644', 0, 2000), nodeFiles: { uid: 65534, gids: [2000] } },
      [{ command: 'chmod 0640 /etc/kubernetes/pki/front-proxy-client.key' }],
    ],
    ['no pair is set', none, 'inapplicable'],
  ],
};
