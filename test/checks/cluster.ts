import { ca, client, configMap, days, frontProxy, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const object = 'ConfigMap kube-system/extension-apiserver-authentication';
const frontProxyCa = ca('front-proxy-ca');
const [clientOfAnother, another] = [client(ca('another-ca')), ca('another-ca')];
const { serverCertificate } = healthy;
const serving = (notAfter: Date) => ({ serverCertificate: { ...serverCertificate, value: { ...serverCertificate.value, notAfter } } });
const refused = { ownCredentials: { expired: 'the client certificate CN=jane expired 2026-11-20 10:12:00Z.' } };

export const rows: Rows = {
  'client-credentials-expired': [
    ['kube-apiserver takes them', {}, 'passed'],
    [
      'it refuses them',
      refused,
      [
        {
          says: 'kube-apiserver refuses you: the client certificate CN=jane expired',
          at: { file: healthy.connection.from },
          command: 'kubeadm certs renew admin.conf',
        },
      ],
    ],
    ['another distribution', { ...refused, distribution: 'EKS' }, [{ fix: 'Get a new kubeconfig or token' }]],
    ['nobody knows why it does not answer', { ownCredentials: unknown }, 'skipped'],
  ],
  'server-certificate-expired': [
    ['a distribution that nothing tells', { ...serving(days(-3)), distribution: null }, [{ command: 'kubeadm certs renew all' }]],
    ['it is valid', {}, 'passed'],
    [
      'it expired',
      serving(days(-3)),
      [
        {
          says: 'No client can talk to kube-apiserver',
          at: serverCertificate.at,
          evidence: 'CN=kube-apiserver, serial',
          command: 'kubeadm certs renew all',
        },
      ],
    ],
    ['another distribution', { ...serving(days(-3)), distribution: 'k3s' }, [{ fix: 'Renew it as k3s does' }]],
  ],
  'configmap-missing': [
    ['it exists', {}, 'passed'],
    ['it does not', { authConfigMap: null }, [{ says: 'trust nobody', at: { object }, command: 'kubectl -n kube-system logs' }]],
    ['nobody may read it', { authConfigMap: unknown }, 'skipped'],
  ],
  'configmap-requestheader-missing': [
    ['all is there', {}, 'passed'],
    [
      'no CA',
      configMap({ requestheaderCa: null }),
      [
        {
          says: '`requestheader-client-ca-file` is missing or empty',
          at: { object, field: 'data[requestheader-client-ca-file]' },
          command: 'aggctl flags',
          explainedBy: ['requestheader-ca-missing', 'requestheader-ca-expired'],
        },
      ],
    ],
    ['an empty one', configMap({ requestheaderCa: [] }), [{ says: '`requestheader-client-ca-file` is' }]],
    [
      'no header with the name',
      configMap({ usernameHeaders: [] }),
      [
        {
          at: { object, field: 'data[requestheader-username-headers]' },
          explainedBy: ['username-headers-missing'],
        },
      ],
    ],
    [
      'neither',
      configMap({ requestheaderCa: null, usernameHeaders: null }),
      [{ says: '`requestheader-client-ca-file` and `requestheader-username-headers` are missing' }],
    ],
    [
      'a CA that does not parse is not missing',
      configMap({ requestheaderCa: [], malformed: [{ key: 'requestheader-client-ca-file', reason: 'x' }] }),
      'passed',
    ],
    ['there is no ConfigMap', { authConfigMap: null }, 'inapplicable'],
  ],
  'configmap-ca-not-signer': [
    ['it holds the signer', {}, 'passed'],
    [
      'the old and the new',
      frontProxy({ chain: [client(frontProxyCa)], trusted: [frontProxyCa], published: [ca('old-ca'), frontProxyCa] }),
      'passed',
    ],
    [
      'it holds another',
      frontProxy({ chain: [clientOfAnother], trusted: [another], published: [frontProxyCa] }),
      [
        {
          says: 'no CA in ConfigMap',
          at: { object, field: 'data[requestheader-client-ca-file]' },
          evidence: 'the ConfigMap trusts CN=front-proxy-ca',
          command: '--show-managed-fields',
        },
      ],
    ],
    [
      'the certificate expired, and its signer is there',
      frontProxy({ chain: [client(frontProxyCa, { notAfter: days(-1) })], trusted: [frontProxyCa] }),
      'passed',
    ],
    [
      'the certificate is for servers only',
      frontProxy({ chain: [client(frontProxyCa, { extendedKeyUsage: ['serverAuth'] })], trusted: [frontProxyCa] }),
      'passed',
    ],
    ['it holds none, which is another check', configMap({ requestheaderCa: [] }), 'inapplicable'],
    ['no pair is set', { proxyClientCert: null, configMapSigner: null }, 'inapplicable'],
    ['nobody may read it', { authConfigMap: unknown }, 'skipped'],
  ],
  'configmap-names-exclude-cn': [
    ['it allows the name', {}, 'passed'],
    ['it allows any', configMap({ allowedNames: [] }), 'passed'],
    ['one of several', configMap({ allowedNames: ['a', 'front-proxy-client'] }), 'passed'],
    ['it does not say', configMap({ allowedNames: null }), 'inapplicable'],
    [
      'another name',
      configMap({ allowedNames: ['aggregator'] }),
      [
        {
          says: '`front-proxy-client` is not in',
          at: { object, field: 'data[requestheader-allowed-names]' },
          evidence: '`x509: subject with cn=front-proxy-client is not in the allowed list`',
          fix: 'every kube-apiserver',
        },
      ],
    ],
    ['another case', configMap({ allowedNames: ['FRONT-PROXY-CLIENT'] }), [{ evidence: '["FRONT-PROXY-CLIENT"]' }]],
    ['no pair is set', { proxyClientCert: null }, 'inapplicable'],
  ],
};
