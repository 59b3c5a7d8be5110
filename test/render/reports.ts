/** Reports written by hand, in the situations that people meet. */
import type { Report } from '../../src/model.ts';
import { broken } from './broken.ts';
import { apiserver, apiservice, cluster, notOnThisMachine, passed, report } from './build.ts';

const refused =
  'https://10.0.0.5:6443 refused the connection (`ECONNREFUSED`): is kube-apiserver running? On the node: `sudo aggctl doctor`';

export const reports: Readonly<Record<string, Report>> = {
  ...broken,
  healthy: report({
    exitStatus: 0,
    apiservers: [{ name: 'cp-1', flags: { file: '/etc/kubernetes/manifests/kube-apiserver.yaml' } }],
    trust: {
      presents: 'CN=front-proxy-client, serial 1F2E, RSA 2048, to 2027-11-20',
      signedBy: 'CN=front-proxy-ca',
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client'],
      extensionServers: { total: 3, serving: 3, failing: 0, failure: null },
    },
    passed: [
      ...passed,
      ...['v1beta1.metrics.k8s.io', 'v1alpha1.wardle.example.com'].map((name) => ({
        id: 'apiservice-unavailable',
        subject: apiservice(name),
        title: 'The APIService is Available',
      })),
    ],
    inapplicable: [{ id: 'configmap-masks-allowed-names', subject: apiserver('cp-1') }],
  }),
  manifests: report({
    exitStatus: 0,
    source: 'deploy, stdin',
    manifests: { files: 2, objects: 9, apiServices: 1 },
    cluster: null,
    identity: null,
    trust: null,
    passed,
  }),
  unreachable: report({
    exitStatus: 3,
    cluster: { name: 'prod', server: 'https://10.0.0.5:6443', version: null, distribution: null, unreachable: refused },
    identity: null,
    trust: null,
    unavailable: [
      {
        fact: 'version',
        subject: cluster,
        why: 'unreachable',
        message: refused,
        checks: ['configmap-missing', 'apiservice-unavailable'],
      },
      { ...notOnThisMachine, message: 'files on the control-plane nodes: `sudo aggctl doctor` there' },
    ],
  }),
  'files-only': report({
    exitStatus: 0,
    cluster: null,
    identity: null,
    capturedAt: '2026-11-23T02:45:10.000Z',
    source: './case-4711',
    judgedAt: '2027-03-01T00:00:00.000Z',
    apiservers: ['cp-1', 'cp-2'].map((name) => ({ name, flags: { file: '/etc/kubernetes/manifests/kube-apiserver.yaml' } })),
    trust: {
      presents: 'CN=front-proxy-client, serial 1F2E, RSA 2048, to 2027-11-20',
      signedBy: 'CN=front-proxy-ca',
      trusted: null,
      allowedNames: [],
      extensionServers: { total: 0, serving: 0, failing: 0, failure: null },
    },
    unavailable: [
      {
        fact: 'apiservice',
        subject: null,
        why: 'excluded',
        message: 'the API: the snapshot does not hold it',
        checks: ['apiservice-unavailable'],
      },
    ],
    passed,
  }),
  managed: report({
    exitStatus: 0,
    cluster: {
      name: 'eks-eu',
      server: 'https://0A1B.gr7.eu-central-1.eks.amazonaws.com',
      version: 'v1.36.3-eks-4f8b',
      distribution: 'EKS',
    },
    trust: {
      presents: null,
      signedBy: null,
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client'],
      extensionServers: { total: 1, serving: 1, failing: 0, failure: null },
    },
    unavailable: [
      {
        fact: 'apiserver',
        subject: null,
        why: 'excluded',
        message: 'the control plane, which EKS runs',
        checks: ['front-proxy-client-expired', 'front-proxy-client-key-mismatch', 'requestheader-ca-missing'],
      },
      { fact: 'runningFlags', subject: apiserver('control plane'), why: 'excluded', message: 'the flags of kube-apiserver', checks: [] },
    ],
    passed,
  }),
  'in-transition': report({
    exitStatus: 0,
    trust: {
      presents: null,
      signedBy: null,
      trusted: 'CN=front-proxy-ca, to 2035-11-18',
      allowedNames: ['front-proxy-client'],
      extensionServers: { total: 2, serving: 1, failing: 1, failure: '503' },
    },
    passed,
  }),
  crashed: report({
    exitStatus: 3,
    trust: {
      presents: null,
      signedBy: null,
      trusted: null,
      allowedNames: null,
      extensionServers: { total: 3, serving: 1, failing: 1, failure: 'refused' },
    },
    unavailable: [
      {
        fact: 'authConfigMap',
        subject: cluster,
        why: 'denied',
        message: '`jane` may not get configmaps in kube-system: ask for the Role in the README',
        checks: ['configmap-missing'],
      },
      ...['v1beta1.a.example.com', 'v1beta1.b.example.com'].map((name) => ({
        fact: 'discovery' as const,
        subject: apiservice(name),
        why: 'denied' as const,
        message: '`jane` may not get the discovery document',
        checks: ['apiservice-lies'],
      })),
    ],
    crashed: [
      {
        id: 'front-proxy-client-expired',
        subject: apiserver('cp-1'),
        error: "TypeError: Cannot read properties of undefined (reading 'notAfter')\n    at run (front-proxy-client-expired.ts:12:3)",
      },
    ],
    passed,
  }),
};
