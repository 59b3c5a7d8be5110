import { ca, client, file, frontProxy, healthy, noPair, places, unknown } from '../support/facts.ts';
import { keyPair } from '../support/pki.ts';
import type { Rows } from './row.ts';

const frontProxyCa = ca('front-proxy-ca');
const issued = (recipe: Parameters<typeof client>[1] = {}, trusted = [frontProxyCa], published = trusted) =>
  frontProxy({ chain: [client(frontProxyCa, recipe)], trusted, published });
/** kube-apiserver cannot load the pair, and says so. */
const pairFault = (text: string, where: 'proxyClientCert' | 'proxyClientKey') => ({ pairFault: { text, file: file(where) } });
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
    ['no flag names any', { ...noPair, requestheaderCa: null }, 'inapplicable'],
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
    ['no flag names any', { ...noPair, requestheaderCa: null }, 'inapplicable'],
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
    ['no flag names any', { ...noPair, requestheaderCa: null }, 'inapplicable'],
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
    ['no pair is set', noPair, 'inapplicable'],
  ],
  'proxy-client-key-mismatch': [
    [
      'kubeadm writes to its own folder alone: elsewhere no command of it is given',
      {
        ...pairFault('tls: private key does not match public key', 'proxyClientKey'),
        proxyClientCert: file('proxyClientCert', { hostPath: '/srv/pki/x.crt' }),
      },
      [{ says: 'is not the one of the certificate' }],
    ],
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
    ['no pair is set', noPair, 'inapplicable'],
  ],
  'requestheader-ca-unusable': [
    [
      'it holds none, on another distribution',
      { requestheaderCa: file('requestheaderCa', { is: 'unusable', certificates: [], fault: 'x' }), distribution: null },
      [{ fix: 'a backup.' }],
    ],
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
};
