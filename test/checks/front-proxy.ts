import { ca, client, days, file, frontProxy, healthy, unknown } from '../support/facts.ts';
import { keyPair } from '../support/pki.ts';
import type { Rows } from './row.ts';

const frontProxyCa = ca('front-proxy-ca');
const { proxyClientCert, proxyClientKey, requestheaderCa } = healthy;
const places = { cert: proxyClientCert?.at, key: proxyClientKey?.at, ca: requestheaderCa?.at };
const issued = (recipe: Parameters<typeof client>[1] = {}, trusted = [frontProxyCa], published = trusted) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted, published });
const day = 86_400_000;
const none = { proxyClientCert: null, proxyClientKey: null, pairFault: null, flagsSigner: null, configMapSigner: null };
/** kube-apiserver cannot load the pair, and says so. */
const pairFault = (text: string, where: 'proxyClientCert' | 'proxyClientKey') => ({ pairFault: { text, file: file(where) } });
const short = ca('front-proxy-ca', { basicConstraints: { ca: true, pathLength: 0 } });
/** kube-apiserver does not run as root. */
const nobody = { nodeFiles: { uid: 65534, gids: [1000, 2000] } };
const owned = (mode: string, uid: number, gid: number) => ({
  proxyClientKey: file('proxyClientKey', { answer: { is: 'pem', mode, uid, gid, mtime: '2026-01-01T00:00:00Z' } }),
});
const absent = { is: 'absent', certificates: [] } as const;
const notMounted = { is: 'not-mounted', certificates: [], hostPath: null, path: '/etc/x.crt' } as const;
const switched = pairFault(
  'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
  'proxyClientCert',
);

export const rows: Rows = {
  'front-proxy-file-not-mounted': [
    ['all are mounted', {}, 'passed'],
    ['one is absent, which is another check', { proxyClientCert: file('proxyClientCert', absent) }, 'passed'],
    [
      'one is not',
      { proxyClientCert: file('proxyClientCert', notMounted) },
      [
        {
          says: '`/etc/x.crt`, which `--proxy-client-cert-file` names',
          at: healthy.flags.byName['proxy-client-cert-file']?.at,
          command: 'vi /root/kube-apiserver.yaml',
        },
      ],
    ],
    [
      'two are not',
      { proxyClientKey: file('proxyClientKey', { is: 'not-mounted' }), requestheaderCa: file('requestheaderCa', notMounted) },
      [{ says: '`--proxy-client-key-file`' }, { says: '`--requestheader-client-ca-file`' }],
    ],
    ['no flag names any', { ...none, requestheaderCa: null }, 'inapplicable'],
    ['the files are not visible', { proxyClientCert: unknown }, 'skipped'],
  ],
  'front-proxy-file-absent': [
    ['all exist', {}, 'passed'],
    [
      'the certificate does not',
      { proxyClientCert: file('proxyClientCert', absent) },
      [
        {
          says: '`/etc/kubernetes/pki/front-proxy-client.crt`, which `--proxy-client-cert-file` names, does not exist',
          at: healthy.flags.byName['proxy-client-cert-file']?.at,
          command: 'mv /etc/kubernetes/pki/front-proxy-client.key /etc/kubernetes/pki/front-proxy-client.key.old',
        },
      ],
    ],
    [
      'both halves do not: nothing is to be put aside',
      { proxyClientCert: file('proxyClientCert', absent), proxyClientKey: file('proxyClientKey', { is: 'absent' }) },
      [{ says: 'front-proxy-client.crt', command: 'kubeadm init phase certs front-proxy-client' }, { says: 'front-proxy-client.key' }],
    ],
    [
      'the CA does not, and a new one would be worthless',
      { requestheaderCa: file('requestheaderCa', absent) },
      [{ says: '`--requestheader-client-ca-file`', command: 'scp root@OTHER-NODE:/etc/kubernetes/pki/front-proxy-ca.crt' }],
    ],
    [
      'another place than the one that kubeadm writes to',
      { proxyClientCert: file('proxyClientCert', { ...absent, hostPath: '/srv/x.crt' }) },
      [{ says: '`/srv/x.crt`', fix: 'Put the file back' }],
    ],
    [
      'another distribution',
      { proxyClientCert: file('proxyClientCert', absent), distribution: null },
      [{ fix: 'Put the file back, or name the right path in `--proxy-client-cert-file`.' }],
    ],
    ['no flag names any', { ...none, requestheaderCa: null }, 'inapplicable'],
  ],
  'front-proxy-file-not-permitted': [
    ['root reads all', {}, 'passed'],
    ['root reads what nobody may', owned('0000', 1, 1), 'passed'],
    ['its owner', { ...nobody, ...owned('0400', 65534, 0) }, 'passed'],
    ['one of its groups', { ...nobody, ...owned('0640', 0, 2000) }, 'passed'],
    ['everybody', { ...nobody, ...owned('0604', 0, 0) }, 'passed'],
    [
      'the owner alone, who is another',
      { ...nobody, ...owned('0600', 0, 0) },
      [
        {
          says: 'runs as uid 65534, which may not read `/etc/kubernetes/pki/front-proxy-client.key`',
          at: places.key,
          evidence: 'mode 0600, owner 0, group 0; the process has groups 1000, 2000',
          command: 'chgrp 2000 /etc/kubernetes/pki/front-proxy-client.key',
        },
      ],
    ],
    ['another group', { ...nobody, ...owned('0640', 0, 3000) }, [{ evidence: 'group 3000' }]],
    ['the bits of the owner go before those of everybody', { ...nobody, ...owned('0004', 65534, 0) }, [{ evidence: 'mode 0004' }]],
    ['the bits of the group go before those of everybody', { ...nobody, ...owned('0604', 0, 1000) }, [{ evidence: 'mode 0604' }]],
    [
      'a file that is absent is another check',
      { ...nobody, ...owned('0644', 0, 0), proxyClientCert: file('proxyClientCert', { ...absent, answer: { is: 'absent' } }) },
      'passed',
    ],
    ['no flag names any', { ...none, requestheaderCa: null }, 'inapplicable'],
  ],
  'proxy-client-pair-unusable': [
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
          fix: 'name the certificate in --proxy-client-cert-file',
          command: 'vi /root/kube-apiserver.yaml',
        },
      ],
    ],
    ['no pair is set', none, 'inapplicable'],
  ],
  'proxy-client-key-mismatch': [
    ['they belong together', issued(), 'passed'],
    [
      'the key is another one',
      frontProxy({ chain: [client(frontProxyCa)], trusted: [frontProxyCa], key: keyPair('p-256', 'another') }),
      [
        {
          says: 'is not the one of the certificate',
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
      'the CA stands before the leaf',
      frontProxy({ chain: [frontProxyCa, client(frontProxyCa)], trusted: [frontProxyCa], key: keyPair('p-256', 'client') }),
      [{ evidence: 'certificate: CN=front-proxy-ca' }],
    ],
    ['the key is no PEM, which is another check', pairFault('tls: failed to find any PEM data in key input', 'proxyClientKey'), 'passed'],
    ['no pair is set', none, 'inapplicable'],
  ],
  'requestheader-ca-unusable': [
    ['it holds a certificate', {}, 'passed'],
    ['it is absent, which is another check', { requestheaderCa: file('requestheaderCa', absent) }, 'passed'],
    [
      'it holds none',
      {
        requestheaderCa: file('requestheaderCa', {
          is: 'unusable',
          certificates: [],
          fault: 'data does not contain any valid RSA or ECDSA certificates',
        }),
      },
      [
        {
          says: 'kube-apiserver cannot start',
          at: places.ca,
          evidence: '`data does not contain any valid RSA or ECDSA certificates`',
          command: 'scp root@OTHER-NODE:',
        },
      ],
    ],
    ['no flag names it', { requestheaderCa: null }, 'inapplicable'],
  ],
  'requestheader-ca-expired': [
    ['it is valid', {}, 'passed'],
    [
      'it expired',
      frontProxy({ chain: [client(frontProxyCa)], trusted: [ca('front-proxy-ca', { notAfter: days(-2) })] }),
      [
        {
          says: 'the front-proxy CA `CN=front-proxy-ca` expired',
          at: { ...places.ca, line: 1 } as typeof places.ca & object,
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
      [{ at: { ...places.ca, line: ca('other-ca').pem.split('\n').length } as typeof places.ca & object }],
    ],
    ['no flag names it', { requestheaderCa: null }, 'inapplicable'],
  ],
  'front-proxy-client-expired': [
    ['it is valid', {}, 'passed'],
    [
      'since three days',
      issued({ notAfter: days(-3) }),
      [{ says: '3d ago', at: places.cert, evidence: 'otherwise sound', command: 'kubeadm certs renew front-proxy-client' }],
    ],
    ['its last second', issued({ notAfter: new Date(Math.floor(healthy.now.getTime() / 1000) * 1000 + 1000) }), 'passed'],
    [
      'and another CA signed it: renewal is not called enough',
      frontProxy({ chain: [client(ca('another-ca'), { notAfter: days(-3) })], trusted: [frontProxyCa] }),
      [{ says: '3d ago', evidence: 'serial' }],
    ],
    [
      'the first certificate of the file counts',
      frontProxy({ chain: [client(frontProxyCa, { notAfter: days(-3) }), client(frontProxyCa)], trusted: [frontProxyCa] }),
      [{ says: '3d ago' }],
    ],
    ['an unknown distribution', { ...issued({ notAfter: days(-3) }), distribution: null }, [{ fix: 'Issue a new client certificate' }]],
    ['k3s renews it at its start', { ...issued({ notAfter: days(-3) }), distribution: 'k3s' }, [{ command: 'systemctl restart k3s' }]],
    ['RKE2', { ...issued({ notAfter: days(-3) }), distribution: 'RKE2' }, [{ command: 'systemctl restart rke2-server' }]],
    ['MicroK8s', { ...issued({ notAfter: days(-3) }), distribution: 'MicroK8s' }, [{ command: 'microk8s refresh-certs' }]],
    ["OpenShift's operator", { ...issued({ notAfter: days(-3) }), distribution: 'OpenShift' }, [{ fix: 'renews it by itself' }]],
    ['no pair is set', none, 'inapplicable'],
  ],
  'front-proxy-client-not-yet-valid': [
    ['it is valid', {}, 'passed'],
    [
      'k3s would not renew it at its start',
      { ...issued({ notBefore: days(1) }), distribution: 'k3s' },
      [{ command: 'k3s certificate rotate' }],
    ],
    ['from tomorrow', issued({ notBefore: days(1) }), [{ says: 'in 23h', at: places.cert, evidence: 'this clock says' }]],
    [
      "the server's clock differs",
      { ...issued({ notBefore: days(1) }), clockSkew: 90_000 },
      [{ evidence: "the server's clock differs from this one's by 90 s" }],
    ],
    ['no pair is set', none, 'inapplicable'],
  ],
  'front-proxy-client-expires-soon': [
    ['a year lies before it', {}, 'passed'],
    ['31 of 365 days are left', issued({ notBefore: days(-334), notAfter: days(31) }), 'passed'],
    [
      '29 of 365 days are left',
      issued({ notBefore: days(-336), notAfter: days(29) }),
      [{ says: 'in 28d', at: places.cert, command: 'kubeadm certs renew front-proxy-client' }],
    ],
    ['a fifth of a short lifetime is left', issued({ notBefore: days(-7), notAfter: days(3) }), 'passed'],
    ['less than a fifth of a short lifetime is left', issued({ notBefore: days(-9), notAfter: days(1) }), [{ says: 'in 23h' }]],
    ['--warn-within is wider', { ...issued({ notAfter: days(60) }), choices: { warnWithin: 90 * day } }, [{ says: 'in 59d' }]],
    ['--warn-within is narrower', { ...issued({ notBefore: days(-355), notAfter: days(10) }), choices: { warnWithin: 5 * day } }, 'passed'],
    ['--fail-within makes it an error', { ...issued({ notAfter: days(10) }), choices: { failWithin: 14 * day } }, [{ severity: 'error' }]],
    [
      '--fail-within alone still warns before',
      { ...issued({ notBefore: days(-345), notAfter: days(20) }), choices: { failWithin: 14 * day } },
      [{ says: 'in 19d' }],
    ],
    ['no pair is set', none, 'inapplicable'],
  ],
  'front-proxy-client-not-signed-by-requestheader-ca': [
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
    ['no pair is set', none, 'inapplicable'],
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
    ['no pair is set', none, 'inapplicable'],
  ],
};
