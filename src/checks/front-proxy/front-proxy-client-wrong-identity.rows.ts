import { frontProxyCa, none, places } from '../../../test/checks/pki.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, file, frontProxy, unknown } from '../../../test/support/facts.ts';

const clusterCa = ca('kubernetes');
/** The CA of the users signed the pair. */
const users = (groups: readonly string[] = [], published = [frontProxyCa]) => ({
  ...frontProxy({ chain: [client(clusterCa)], trusted: [frontProxyCa], published }),
  clientCaIdentity: { user: 'front-proxy-client', groups: [...groups, 'system:authenticated'] },
});
const kubeletClient = '/etc/kubernetes/pki/apiserver-kubelet-client.crt';
const kubeletCert = file('proxyClientCert', { path: kubeletClient, hostPath: kubeletClient });

export const rows: readonly Row[] = [
  ['it is its own', {}, 'passed'],
  ['it was signed by a CA that nobody trusts', frontProxy({ chain: [client(clusterCa)], trusted: [frontProxyCa] }), 'passed'],
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
        says: 'Every user acts as `front-proxy-client` in every extension API server: ',
        latent: false,
        at: places.cert,
        evidence: '403 `User "front-proxy-client" cannot …`',
        command: 'kubeadm init phase certs front-proxy-client',
      },
    ],
  ],
  [
    'and an administrator is its name',
    users(['system:masters']),
    [{ says: 'Every user is an administrator', evidence: 'there is no other symptom' }],
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
    [{ fix: 'into two new files, because another client may use the present pair' }],
  ],
  ['k3s rotates it by itself', { ...users(), distribution: 'k3s' }, [{ command: 'k3s certificate rotate --service auth-proxy' }]],
  ['the ConfigMap still has that CA', users([], [frontProxyCa, clusterCa]), [{ says: 'as soon as', severity: 'warning', latent: true }]],
  ['no pair is set', none, 'inapplicable'],
  ['the CA of the users cannot be read', { clientCaIdentity: unknown }, 'skipped'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
  ['no flag names the CA', { requestheaderCa: null }, 'inapplicable'],
  ['the file of the CA holds none', { requestheaderCa: file('requestheaderCa', { certificates: [] }) }, 'inapplicable'],
];
