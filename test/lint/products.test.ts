/** The manifests of extension API servers that others made: as they are, and with one defect each. */
import { describe, expect, test } from 'vitest';
import { issue, keyPair } from '../support/pki.ts';
import { found, manifests } from './manifests.ts';

const ca = Buffer.from(issue({ subject: [['CN', 'ca']], key: keyPair('p-256') }).pem).toString('base64');

const skip = 'warning serving-certificate-not-verified at insecureSkipTLSVerify: true';
const healthy: Readonly<Record<string, readonly string[]>> = {
  'sample-apiserver': [skip, 'info readiness-probe-missing at containers:'],
  'metrics-server': [skip],
  'metrics-server-cert-manager': [],
  'prometheus-adapter': [skip],
  keda: [],
  // Its probe is on a port of its own.
  kueue: [skip, skip, 'info readiness-probe-missing at port: 8081'],
};
test.each(Object.entries(healthy))('%s as it is', async (name, finds) => expect(await found(manifests(name))).toEqual(finds));

/** The document that holds the text, taken away. */
const without =
  (...texts: readonly string[]) =>
  (all: string): string =>
    all
      .split('---\n')
      .filter((one) => !texts.every((text) => one.includes(text)))
      .join('---\n');
const change =
  (from: string, to: string) =>
  (all: string): string =>
    all.replace(from, to);
const reader = without('kind: RoleBinding', 'name: extension-apiserver-authentication-reader');
const delegator = without('kind: ClusterRoleBinding', 'name: system:auth-delegator');

/** Of which, what is done to it, and what is found first. */
const defects: readonly (readonly [of: string, defect: string, make: (text: string) => string, finds: string])[] = [
  ['metrics-server', 'no reader', reader, 'error reader-binding-missing at serviceAccountName: metrics-server'],
  ['sample-apiserver', 'no reader', reader, 'error reader-binding-missing at serviceAccountName: apiserver'],
  ['prometheus-adapter', 'no reader', reader, 'error reader-binding-missing at serviceAccountName: prometheus-adapter'],
  ['kueue', 'no reader', reader, 'error reader-binding-missing at serviceAccountName: kueue-controller-manager'],
  [
    'metrics-server',
    'a reader in its own namespace',
    change('name: metrics-server-auth-reader\n  namespace: kube-system', 'name: metrics-server-auth-reader\n  namespace: monitoring'),
    'error reader-binding-missing at serviceAccountName: metrics-server',
  ],
  ['metrics-server', 'no delegator', delegator, 'error delegator-binding-missing at serviceAccountName: metrics-server'],
  ['keda', 'no delegator', delegator, 'error delegator-binding-missing at serviceAccountName: keda-operator'],
  ['sample-apiserver', 'no delegator', delegator, 'error delegator-binding-missing at serviceAccountName: apiserver'],
  ['prometheus-adapter', 'no delegator', delegator, 'error delegator-binding-missing at serviceAccountName: prometheus-adapter'],
  [
    'kueue',
    'no right to create reviews',
    change('- subjectaccessreviews', '- localsubjectaccessreviews'),
    'error delegator-binding-missing at serviceAccountName: kueue-controller-manager',
  ],
  [
    'keda',
    'another port',
    change(
      '    name: keda-metrics-apiserver\n    namespace: keda\n  version',
      '    name: keda-metrics-apiserver\n    namespace: keda\n    port: 6443\n  version',
    ),
    'error service-port-missing at port: 6443',
  ],
  [
    'metrics-server',
    'the name of a port that no container has',
    change('targetPort: https', 'targetPort: http'),
    'error service-target-port-unknown at targetPort: http',
  ],
  [
    'prometheus-adapter',
    'another targetPort',
    change('targetPort: 6443', 'targetPort: 443'),
    'error service-target-port-differs at targetPort: 443',
  ],
  [
    'keda',
    'another --secure-port',
    change('--secure-port=6443', '--secure-port=7443'),
    'error service-target-port-differs at targetPort: 6443',
  ],
  [
    'kueue',
    'a port that no container declares',
    change('targetPort: 8082', 'targetPort: 8083'),
    'warning service-target-port-differs at targetPort: 8083',
  ],
  [
    'sample-apiserver',
    'a selector that matches no pod',
    change('selector:\n    apiserver: "true"', 'selector:\n    apiserver: "yes"'),
    'error service-selects-no-pods at selector:',
  ],
  [
    'kueue',
    'a label that changed',
    change('        control-plane: controller-manager\n    spec', '        control-plane: manager\n    spec'),
    'error service-selects-no-pods at selector:',
  ],
  [
    'metrics-server',
    'a Service that was renamed',
    change('kind: Service\nmetadata:\n  name: metrics-server', 'kind: Service\nmetadata:\n  name: metrics'),
    'warning service-not-in-manifests at service:',
  ],
  [
    'keda',
    'a Service in another namespace',
    change('    name: keda-metrics-apiserver\n    namespace: keda\n', '    name: keda-metrics-apiserver\n    namespace: default\n'),
    'warning service-not-in-manifests at service:',
  ],
  [
    'metrics-server',
    'a caBundle together with insecureSkipTLSVerify',
    change('  insecureSkipTLSVerify: true', `  insecureSkipTLSVerify: true\n  caBundle: ${ca}`),
    'error apiservice-rejected at insecureSkipTLSVerify: true',
  ],
  [
    'metrics-server-cert-manager',
    'a caBundle that is no PEM',
    (text) =>
      change(
        '  groupPriorityMinimum: 100',
        '  caBundle: e30K\n  groupPriorityMinimum: 100',
      )(change('    cert-manager.io/inject-ca-from: kube-system/ms-metrics-server\n', '    a: b\n')(text)),
    'error cabundle-unusable at caBundle: e30K',
  ],
  ['keda', 'a priority of zero', change('versionPriority: 100', 'versionPriority: 0'), 'error apiservice-rejected at versionPriority: 0'],
  [
    'prometheus-adapter',
    'a priority out of range',
    change('groupPriorityMinimum: 100', 'groupPriorityMinimum: 20001'),
    'error apiservice-rejected at groupPriorityMinimum: 20001',
  ],
  ['sample-apiserver', 'no priority', change('  versionPriority: 15\n', ''), 'error apiservice-rejected at spec:'],
  [
    'kueue',
    'a name that is not VERSION.GROUP',
    change('name: v1beta1.visibility.kueue.x-k8s.io', 'name: visibility.kueue.x-k8s.io'),
    'error apiservice-rejected at name: visibility.kueue.x-k8s.io',
  ],
  [
    'keda',
    'an apiVersion of before 1.22',
    change('apiregistration.k8s.io/v1\n', 'apiregistration.k8s.io/v1beta1\n'),
    'error apiservice-rejected at apiVersion: apiregistration.k8s.io/v1beta1',
  ],
  [
    'sample-apiserver',
    'a built-in group',
    (text) => text.replaceAll('wardle.example.com', 'apps'),
    'error built-in-group-shadowed at service:',
  ],
  [
    'metrics-server-cert-manager',
    'a Certificate of another name',
    change('inject-ca-from: kube-system/ms-metrics-server', 'inject-ca-from: kube-system/metrics-server'),
    'error injection-source-missing at cert-manager.io/inject-ca-from: kube-system/metrics-server',
  ],
  [
    'metrics-server-cert-manager',
    'no annotation',
    change('    cert-manager.io/inject-ca-from: kube-system/ms-metrics-server\n', '    a: b\n'),
    'warning cabundle-not-provided at spec:',
  ],
  [
    'metrics-server-cert-manager',
    'a Certificate with another Secret',
    change('secretName: ms-metrics-server\n  usages', 'secretName: other\n  usages'),
    'warning secret-not-provided at secret:',
  ],
  ['kueue', 'no Secret', without('kind: Secret'), 'warning secret-not-provided at secret:'],
  [
    'metrics-server',
    'a probe on a port that no container has',
    change('port: https\n              scheme', 'port: healthz\n              scheme'),
    'error readiness-probe-missing at port: healthz',
  ],
  [
    'prometheus-adapter',
    'no rule for kube-apiserver',
    change('  ingress:\n    - {}\n', '  ingress: []\n'),
    'error network-policy-blocks-kube-apiserver at ingress: []',
  ],
  [
    'prometheus-adapter',
    'a rule for pods alone',
    change('  ingress:\n    - {}\n', '  ingress:\n    - from:\n        - podSelector: {}\n'),
    'error network-policy-blocks-kube-apiserver at ingress:',
  ],
];

describe.each(defects)('%s with %s', (of, _, make, finds) => {
  test(`finds ${finds.split(' ')[1]} first`, async () => {
    const [whole, broken] = [manifests(of), make(manifests(of))];
    expect(broken).not.toBe(whole);
    const [first, ...rest] = await found(broken);
    expect(first).toBe(finds);
    // What else is found was found before.
    expect(rest.filter((one) => !(healthy[of] ?? []).includes(one) && one.split(' ')[1] !== finds.split(' ')[1])).toEqual([]);
  });
});
