/** Clusters with problems. */
import type { Report } from '../../src/model.ts';
import { sh } from '../../src/sh.ts';
import { apiserver, apiservice, finding, notOnThisMachine, passed, report } from './build.ts';

const unavailableServices = ['v1beta1.metrics.k8s.io', 'v1beta1.custom.metrics.k8s.io'].map((name) => ({
  id: 'apiservice-unavailable',
  subject: apiservice(name),
  message: `\`${name}\` serves nobody: its extension server answers kube-apiserver with \`401\`.`,
  at: { object: `APIService ${name}`, field: 'status.conditions[Available]' },
  evidence: ['False since 2026-11-20 10:12:22Z: bad status from https://10.96.4.4:443: 401'],
}));
const expired = finding({
  id: 'front-proxy-client-expired',
  subject: apiserver('cp-1'),
  message: 'Every aggregated API fails for every user: the front-proxy client certificate expired `2026-11-20 10:12:00Z`, 2d16h ago.',
  at: { object: 'pod kube-system/kube-apiserver-cp-1', field: '--proxy-client-cert-file' },
  evidence: [
    'log of kube-system/metrics-server-7c9f at 02:45:04Z: "x509: certificate has expired … is after 2026-11-20T10:12:00Z, verifying certificate SN=7982 …" (openssl: 1F2E)',
    'not its CA: the one in ConfigMap extension-apiserver-authentication is valid to 2035',
    'both APIServices False since 10:12:22Z, `bad status … 401`',
  ],
  fix: {
    text: 'On each control-plane node, as root, renew it; it is read again within a minute, without a restart.',
    commands: [sh`kubeadm certs renew front-proxy-client`, sh`aggctl doctor`],
  },
  symptoms: unavailableServices,
  effects: ['HPAs without metrics: shop/web, shop/api', 'namespace ci-4711 is stuck; it ends by itself, leave its finalizer alone'],
});

export const broken: Readonly<Record<string, Report>> = {
  'broken-from-a-laptop': report({
    exitStatus: 1,
    apiservers: [{ name: 'cp-1', flags: { object: 'pod kube-system/kube-apiserver-cp-1' } }],
    clockSkew: 1000,
    trust: {
      presents: null,
      signedBy: null,
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client'],
      extensionServers: { total: 2, serving: 0, failing: 2, failure: '401' },
    },
    findings: [expired],
    unavailable: [notOnThisMachine],
    counts: { passed: 21, skipped: 2 },
  }),
  'broken-on-the-node': report({
    exitStatus: 1,
    identity: { user: 'kubernetes-admin', groups: ['kubeadm:cluster-admins', 'system:authenticated'] },
    apiservers: [{ name: 'cp-1', flags: { file: '/etc/kubernetes/manifests/kube-apiserver.yaml' } }],
    trust: {
      presents: 'CN=front-proxy-client, serial 1F2E, RSA 2048, EXPIRED 2026-11-20',
      signedBy: 'CN=front-proxy-ca',
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client'],
      extensionServers: { total: 2, serving: 0, failing: 2, failure: '401' },
    },
    findings: [
      {
        ...expired,
        at: { file: '/etc/kubernetes/pki/front-proxy-client.crt', line: 1, node: 'cp-1' },
        evidence: [
          'named in /etc/kubernetes/manifests/kube-apiserver.yaml:28',
          'notAfter 2026-11-20 10:12:00Z; node clock = server clock',
          'otherwise sound (key, CA, clientAuth, name): renewal alone repairs it',
        ],
      },
      finding({
        id: 'certificates-expire-soon',
        severity: 'warning',
        subject: apiserver('cp-1'),
        message: '`apiserver.crt` and 2 more expire 2026-12-01, in 8d: then kubectl stops too.',
        at: { file: '/etc/kubernetes/pki/apiserver.crt', line: 1, node: 'cp-1' },
        fix: {
          text: 'Renew all, then restart the control-plane pods one node at a time; fetch the new admin.conf.',
          commands: [
            sh`kubeadm certs renew all`,
            sh`mv /etc/kubernetes/manifests/kube-apiserver.yaml /root/ && sleep 30 && mv /root/kube-apiserver.yaml /etc/kubernetes/manifests/`,
          ],
        },
      }),
    ],
    counts: { passed: 34 },
  }),
  'unreachable-on-the-node': report({
    exitStatus: 1,
    cluster: {
      name: 'kubernetes',
      server: 'https://10.0.0.5:6443',
      version: null,
      distribution: 'kubeadm',
      unreachable: 'https://10.0.0.5:6443 refused the connection (`ECONNREFUSED`)',
    },
    identity: null,
    apiservers: [{ name: 'cp-1', flags: { file: '/etc/kubernetes/manifests/kube-apiserver.yaml' } }],
    trust: {
      presents: null,
      signedBy: null,
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client'],
      extensionServers: { total: 0, serving: 0, failing: 0, failure: null },
    },
    findings: [
      finding({
        id: 'front-proxy-client-file-absent',
        subject: apiserver('cp-1'),
        message: 'kube-apiserver does not start: `/etc/kubernetes/pki/front-proxy-client.crt` does not exist, nor does its key.',
        at: { file: '/etc/kubernetes/manifests/kube-apiserver.yaml', line: 28, node: 'cp-1' },
        evidence: ['--proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt'],
        fix: {
          text: 'Make the pair anew; kubelet starts kube-apiserver again by itself.',
          commands: [sh`kubeadm init phase certs front-proxy-client`],
        },
      }),
    ],
    unavailable: [
      {
        fact: 'apiservice',
        subject: null,
        why: 'unreachable',
        message: 'https://10.0.0.5:6443 refused the connection (`ECONNREFUSED`)',
        checks: ['apiservice-unavailable'],
      },
    ],
    counts: { passed: 12, skipped: 1 },
  }),
  'several-findings': report({
    exitStatus: 1,
    clockSkew: -200_000,
    apiservers: ['cp-1', 'cp-2', 'cp-3'].map((name) => ({ name, flags: { object: `pod kube-system/kube-apiserver-${name}` } })),
    trust: {
      presents: null,
      signedBy: null,
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client', 'aggregator'],
      extensionServers: { total: 9, serving: 1, failing: 7, failure: null },
    },
    findings: [
      finding({
        id: 'requestheader-ca-missing',
        message: 'Extension servers that start now refuse everybody: the ConfigMap holds no `requestheader-client-ca-file`.',
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data.requestheader-client-ca-file' },
        fix: { text: 'Set --requestheader-client-ca-file on one control-plane node after the other.', commands: [] },
        symptoms: [1, 2, 3, 4, 5, 6, 7].map((n) => ({
          id: 'apiservice-unavailable',
          subject: apiservice(`v${n}.example.com`),
          message: `\`v${n}.example.com\` serves nobody.`,
          at: { object: `APIService v${n}.example.com` },
          evidence: [],
          ...(n === 1 && { alsoExplainedBy: ['front-proxy-client-expired'] }),
        })),
      }),
      finding({
        id: 'apiservice-unavailable',
        subject: apiservice('v1beta1.custom.metrics.k8s.io'),
        message: '`v1beta1.custom.metrics.k8s.io` serves nobody: `bad status … 401`.',
        at: { probe: 'GET /apis/custom.metrics.k8s.io/v1beta1 through kube-apiserver' },
        fix: {
          text: 'Read what the extension server itself says.',
          commands: [sh`kubectl -n monitoring logs deploy/prometheus-adapter --tail=50`],
        },
        mayBeExplainedBy: ['front-proxy-client-expired', 'front-proxy-client-wrong-ca', 'allowed-names-exclude-client'],
      }),
      finding({
        id: 'uid-headers-missing',
        severity: 'info',
        message: 'Extension servers do not learn the UID of a user.',
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data.requestheader-uid-headers' },
        fix: { text: 'Nothing to do unless an extension server needs it.', commands: [] },
      }),
    ],
    passed,
  }),
};
