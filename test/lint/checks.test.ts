/** Each check of manifests: when it finds something, and above all when it does not. */
import { describe, expect, test } from 'vitest';
import { ownChecks } from '../../src/lint/index.ts';
import { laws } from '../support/laws.ts';
import { found, linted, manifests } from './manifests.ts';

const wardle = manifests('sample-apiserver').replace('  insecureSkipTLSVerify: true\n', '');
/** The sample with the CA of cert-manager, and a probe: nothing is wrong with it. */
const sound = `${wardle
  .replace(
    'metadata:\n  name: v1alpha1.wardle.example.com',
    'metadata:\n  name: v1alpha1.wardle.example.com\n  annotations: { cert-manager.io/inject-ca-from: wardle/api }',
  )
  .replace(
    '        - name: wardle-server\n',
    '        - name: wardle-server\n          readinessProbe: { httpGet: { port: 443, path: /readyz, scheme: HTTPS } }\n',
  )}---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: api, namespace: wardle }
spec: { secretName: api-cert, dnsNames: [api.wardle.svc], issuerRef: { name: wardle } }
`;
type Edit = (text: string) => string;
const change =
  (from: string | RegExp, to: string): Edit =>
  (text) => {
    expect(text).toMatch(from);
    return text.replace(from, to);
  };
const add =
  (object: string): Edit =>
  (text) =>
    `${text}---\n${object}\n`;
const all =
  (...edits: readonly Edit[]): Edit =>
  (text) =>
    edits.reduce((one, edit) => edit(one), text);
const without =
  (part: string): Edit =>
  (text) => {
    expect(text).toContain(part);
    return text
      .split('---\n')
      .filter((one) => !one.includes(part))
      .join('---\n');
  };

const args = (...words: readonly string[]) =>
  change(
    '- --etcd-servers=http://localhost:2379',
    ['--etcd-servers=http://localhost:2379', ...words].map((one) => `- ${one}`).join('\n            '),
  );
const noReader = without('name: extension-apiserver-authentication-reader');
const noDelegator = without('name: system:auth-delegator');
const role = (rule: string) =>
  add(`apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: more }\nrules: [${rule}]`);
const bound = (to: string, name = 'more') =>
  add(
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: { name: more }\nroleRef: { kind: ClusterRole, name: ${name} }\nsubjects: [${to}]`,
  );
const account = '{ kind: ServiceAccount, name: apiserver, namespace: wardle }';
const volume = (secret: string) =>
  change('      serviceAccountName: apiserver', `      serviceAccountName: apiserver\n      volumes: [{ name: certs, ${secret} }]`);
const policy = (spec: string, namespace = 'wardle') =>
  add(`apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: api, namespace: ${namespace} }\nspec: ${spec}`);
const workload = (text: string) => change(/apiVersion: apps\/v1\nkind: Deployment/, text);
const noSelection = change('  selector:\n    apiserver: "true"', '  selector:\n    apiserver: "yes"');

const clean: readonly (readonly [string, Edit])[] = [
  ['nothing is changed', (text) => text],
  // What else may hold the rights.
  [
    'the reader is another Role of kube-system',
    all(
      noReader,
      add(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: r, namespace: kube-system }\nrules: [{ apiGroups: [""], resources: [configmaps], verbs: [get, list, watch] }]',
      ),
      add(
        `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: r, namespace: kube-system }\nroleRef: { kind: Role, name: r }\nsubjects: [${account}]`,
      ),
    ),
  ],
  [
    'the rights are of an apiVersion of before 1.22',
    (text) => text.replaceAll('rbac.authorization.k8s.io/v1\n', 'rbac.authorization.k8s.io/v1beta1\n'),
  ],
  ['a ClusterRole has all rights', all(noReader, noDelegator, bound(account, 'cluster-admin'))],
  ['a ClusterRole grants both', all(noReader, noDelegator, role('{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }'), bound(account))],
  ['a role that is not in the manifests is bound', all(noReader, noDelegator, bound(account, 'unknown'))],
  [
    'an aggregated role is bound',
    all(
      noReader,
      noDelegator,
      add(
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: more }\naggregationRule: { clusterRoleSelectors: [] }\nrules: []',
      ),
      bound(account),
    ),
  ],
  [
    'all ServiceAccounts of the namespace are bound',
    all(noReader, noDelegator, bound('{ kind: Group, name: "system:serviceaccounts:wardle" }', 'cluster-admin')),
  ],
  ['the ServiceAccount is not in the manifests', all(noReader, noDelegator, without('kind: ServiceAccount\napiVersion: v1'))],
  [
    'an operator binds it',
    all(noReader, noDelegator, role('{ apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create] }')),
  ],
  ['it has credentials of its own', all(noReader, noDelegator, args('--authentication-kubeconfig=/x', '--authorization-kubeconfig=/x'))],
  ['it reads no ConfigMap, and other bindings are there', all(noReader, args('--authentication-skip-lookup'))],
  // Ports.
  [
    '--secure-port is the targetPort',
    all(args('--secure-port=8443'), change('targetPort: 443', 'targetPort: 8443'), change('httpGet: { port: 443', 'httpGet: { port: 8443')),
  ],
  [
    '--secure-port is the targetPort, in two words',
    all(
      args('--secure-port', '"8443"'),
      change('targetPort: 443', 'targetPort: 8443'),
      change('httpGet: { port: 443', 'httpGet: { port: 8443'),
    ),
  ],
  [
    'a sidecar listens on the targetPort',
    all(args('--secure-port=8443'), change('        - name: etcd\n', '        - name: etcd\n          ports: [{ containerPort: 443 }]\n')),
  ],
  [
    'an init container that keeps running has the named port',
    all(
      change('targetPort: 443', 'targetPort: web'),
      change(
        '      serviceAccountName: apiserver',
        '      serviceAccountName: apiserver\n      initContainers: [{ name: p, restartPolicy: Always, ports: [{ name: web, containerPort: 443 }] }]',
      ),
    ),
  ],
  [
    'the Service is of another type',
    all(change('  ports:\n    - port: 443', '  type: LoadBalancer\n  ports:\n    - port: 443'), noSelection),
  ],
  // Pods.
  ['the pods are made by a kind of others', workload('apiVersion: argoproj.io/v1alpha1\nkind: Rollout')],
  ['the pods are of a StatefulSet', workload('apiVersion: apps/v1\nkind: StatefulSet')],
  ['an operator makes the pods', all(noSelection, role('{ apiGroups: [apps], resources: [deployments], verbs: [create, update] }'))],
  ['no pod of the namespace is in the manifests', all(noSelection, without('kind: Deployment'))],
  ['the Service has no selector', change('  selector:\n    apiserver: "true"\n', '')],
  // Secrets.
  ['the Secret is of the Certificate', volume('secret: { secretName: api-cert }')],
  ['the Secret is optional', volume('secret: { secretName: other, optional: true }')],
  [
    'the Secret is in the manifests',
    all(
      volume('projected: { sources: [{ secret: { name: other } }] }'),
      add('apiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: wardle }'),
    ),
  ],
  [
    'an ExternalSecret makes the Secret',
    all(
      volume('secret: { secretName: other }'),
      add(
        'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: x, namespace: wardle }\nspec: { target: { name: other } }',
      ),
    ),
  ],
  [
    'a hook makes the Secret',
    all(
      volume('secret: { secretName: other }'),
      add(
        'apiVersion: batch/v1\nkind: Job\nmetadata: { name: certgen, namespace: wardle, annotations: { helm.sh/hook: pre-install } }\nspec: { template: { spec: { containers: [{ name: c, args: [create, --secret-name=other] }] } } }',
      ),
    ),
  ],
  [
    'the service-ca operator makes the Secret',
    all(
      volume('secret: { secretName: other }'),
      change(
        'kind: Service\nmetadata:\n',
        'kind: Service\nmetadata:\n  annotations: { service.beta.openshift.io/serving-cert-secret-name: other }\n',
      ),
    ),
  ],
  [
    'an operator makes the Secret',
    all(volume('secret: { secretName: other }'), role('{ apiGroups: [""], resources: [secrets], verbs: [create] }')),
  ],
  // NetworkPolicies.
  ['a NetworkPolicy admits everybody', policy('{ podSelector: {}, ingress: [{}] }')],
  ['a NetworkPolicy admits everybody to the port', policy('{ podSelector: {}, ingress: [{ ports: [{ port: 443 }] }] }')],
  [
    'a NetworkPolicy admits everybody to a range of ports',
    policy('{ podSelector: {}, ingress: [{ ports: [{ port: 400, endPort: 500 }] }] }'),
  ],
  ['a NetworkPolicy admits addresses', policy('{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 } }] }] }')],
  [
    'a NetworkPolicy admits namespaces, with the agents of a tunnel',
    policy('{ podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }'),
  ],
  [
    'one of two NetworkPolicies admits everybody',
    all(policy('{ podSelector: {}, policyTypes: [Ingress] }'), policy('{ podSelector: {}, ingress: [{}] }')),
  ],
  ['a NetworkPolicy is for other pods', policy('{ podSelector: { matchExpressions: [{ key: apiserver, operator: DoesNotExist }] } }')],
  ['a NetworkPolicy is for another namespace', policy('{ podSelector: {} }', 'other')],
  ['a NetworkPolicy is for egress', policy('{ podSelector: {}, policyTypes: [Egress] }')],
  [
    'NetworkPolicies do not hold for the host network',
    all(
      policy('{ podSelector: {} }'),
      change('      serviceAccountName: apiserver', '      serviceAccountName: apiserver\n      hostNetwork: true'),
    ),
  ],
  // CAs.
  [
    'something may patch APIServices',
    all(change(/ {2}annotations: .*\n/, ''), role('{ apiGroups: [apiregistration.k8s.io], resources: [apiservices], verbs: [patch] }')),
  ],
  ['a placeholder stands where the CA is injected', change('  groupPriorityMinimum', '  caBundle: Cg==\n  groupPriorityMinimum')],
  [
    'a placeholder stands where something may patch APIServices',
    all(
      change(/ {2}annotations: .*\n/, ''),
      change('  groupPriorityMinimum', '  caBundle: Cg==\n  groupPriorityMinimum'),
      role('{ apiGroups: [apiregistration.k8s.io], resources: [apiservices], verbs: [patch] }'),
    ),
  ],
  [
    'cluster-admin is bound, which may patch APIServices',
    all(change(/ {2}annotations: .*\n/, ''), bound('{ kind: ServiceAccount, name: patch, namespace: wardle }', 'cluster-admin')),
  ],
  ['another operator injects the CA', change(/annotations: .*/, 'annotations: { service.beta.openshift.io/inject-cabundle: "true" }')],
  ['the Certificate has a wildcard', change('dnsNames: [api.wardle.svc]', 'dnsNames: ["*.wardle.svc."]')],
  [
    'the Certificate is of another namespace',
    all(
      change('dnsNames: [api.wardle.svc]', 'dnsNames: [api]'),
      change('{ name: api, namespace: wardle }\nspec: { secretName', '{ name: api, namespace: pki }\nspec: { secretName'),
      change('wardle/api }', 'pki/api }'),
    ),
  ],
  ['the Certificate is a CA', change('dnsNames: [api.wardle.svc]', 'isCA: true')],
  [
    'another Certificate has the name',
    all(
      change('dnsNames: [api.wardle.svc]', 'dnsNames: [webhook.wardle.svc]'),
      add(
        'apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: other, namespace: wardle }\nspec: { secretName: other, dnsNames: [api.wardle.svc] }',
      ),
    ),
  ],
  // Kinds of others with the same names.
  [
    'kinds of others have the same names',
    all(
      add(
        'apiVersion: actionspec/v1\nkind: APIService\nmetadata: { name: v1alpha1.wardle.example.com }\nspec: { service: { name: y, namespace: wardle } }',
      ),
      add('apiVersion: crd.projectcalico.org/v1\nkind: NetworkPolicy\nmetadata: { name: x, namespace: wardle }\nspec: { podSelector: {} }'),
      (text) => `apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: { name: api, namespace: wardle }\nspec: {}\n---\n${text}`,
    ),
  ],
  [
    'kube-apiserver makes an APIService itself',
    add(
      'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1.apps, labels: { kube-aggregator.kubernetes.io/automanaged: onstart } }\nspec: { group: apps, version: v1 }',
    ),
  ],
  [
    'a definition serves an APIService without a Service',
    all(
      add(
        'apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1.x.example.com }\nspec: { group: x.example.com, version: v1 }',
      ),
      add(
        'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x.x.example.com }\nspec: { group: x.example.com, versions: [{ name: v1, served: true }] }',
      ),
    ),
  ],
  // Definitions.
  [
    'a definition has another version',
    add(
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x.wardle.example.com }\nspec: { group: wardle.example.com, versions: [{ name: v1, served: true }] }',
    ),
  ],
  ['the group ends like one that is reserved', (text) => text.replaceAll('wardle.example.com', 'wardle.x-k8s.io')],
];

describe('nothing is found where', () => {
  test.each(clean)('%s', async (_, edit) => expect(await found(edit(sound))).toEqual([]));
});

const faults: readonly (readonly [string, Edit, string])[] = [
  ['--secure-port is another port', args('--secure-port=8443'), 'error service-target-port-differs at targetPort: 443'],
  [
    'a container declares other ports',
    change('        - name: wardle-server\n', '        - name: wardle-server\n          ports: [{ containerPort: 8443 }]\n'),
    'warning service-target-port-differs at targetPort: 443',
  ],
  ['the port is not said, and the Service has another', change('- port: 443', '- port: 8443'), 'error service-port-missing at service:'],
  [
    'only get is granted',
    all(noReader, role('{ apiGroups: [""], resources: [configmaps], verbs: [get] }'), bound(account)),
    'error reader-binding-missing at serviceAccountName: apiserver',
  ],
  [
    'the ConfigMap is granted in another namespace',
    all(
      noReader,
      add(
        `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: r, namespace: wardle }\nroleRef: { kind: Role, name: extension-apiserver-authentication-reader }\nsubjects: [${account}]`,
      ),
    ),
    'error reader-binding-missing at serviceAccountName: apiserver',
  ],
  [
    'another ServiceAccount is bound',
    all(noDelegator, bound('{ kind: ServiceAccount, name: other, namespace: wardle }', 'system:auth-delegator')),
    'error delegator-binding-missing at serviceAccountName: apiserver',
  ],
  [
    'the Secret is of another namespace',
    all(volume('secret: { secretName: other }'), add('apiVersion: v1\nkind: Secret\nmetadata: { name: other, namespace: default }')),
    'warning secret-not-provided at volumes: [{ name: certs, secret: { secretName: other } }]',
  ],
  [
    'the Secret is only mounted elsewhere, too',
    all(
      volume('secret: { secretName: other }'),
      add(
        'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: d, namespace: wardle }\nspec: { template: { spec: { volumes: [{ name: x, secret: { secretName: other } }], containers: [{ name: other, image: other }] } } }',
      ),
    ),
    'warning secret-not-provided at volumes: [{ name: certs, secret: { secretName: other } }]',
  ],
  [
    'a projected Secret is missing',
    volume('projected: { sources: [{ secret: { name: "a(b" } }] }'),
    'warning secret-not-provided at volumes: [{ name: certs, projected: { sources: [{ secret: { name: "a(b" } }] } }]',
  ],
  [
    'a NetworkPolicy admits nobody',
    policy('{ podSelector: { matchLabels: { apiserver: "true" } } }'),
    'error network-policy-blocks-kube-apiserver at spec: { podSelector: { matchLabels: { apiserver: "true" } } }',
  ],
  [
    'a NetworkPolicy admits another port',
    policy('{ podSelector: {}, ingress: [{ ports: [{ port: 8443 }, { port: 443, protocol: UDP }] }] }'),
    'error network-policy-blocks-kube-apiserver at spec: { podSelector: {}, ingress: [{ ports: [{ port: 8443 }, { port: 443, protocol: UDP }] }] }',
  ],
  ['no CA is set', change(/ {2}annotations: .*\n/, ''), 'warning cabundle-not-provided at spec:'],
  [
    'the Service is not a field of spec',
    change(
      '  service:\n    name: api\n    namespace: wardle\n  version: v1alpha1\n',
      '  version: v1alpha1\nservice:\n  name: api\n  namespace: wardle\n',
    ),
    'warning service-not-set at spec:',
  ],
  [
    'the Service is not set, and a caBundle is',
    change('  service:\n    name: api\n    namespace: wardle\n', '  caBundle: Cg==\n'),
    'error service-not-set at caBundle: Cg==',
  ],
  [
    'the Certificate has names without the namespace',
    change('dnsNames: [api.wardle.svc]', 'dnsNames: [api, api.wardle]'),
    'error certificate-name-missing at spec: { secretName: api-cert, dnsNames: [api, api.wardle], issuerRef: { name: wardle } }',
  ],
  [
    'the Certificate has a wildcard for two labels',
    change('dnsNames: [api.wardle.svc]', 'dnsNames: ["*.svc"]'),
    'error certificate-name-missing at spec: { secretName: api-cert, dnsNames: ["*.svc"], issuerRef: { name: wardle } }',
  ],
  [
    'the Certificate has no names',
    change(' dnsNames: [api.wardle.svc],', ''),
    'error certificate-name-missing at spec: { secretName: api-cert, issuerRef: { name: wardle } }',
  ],
  [
    'the Certificate has no namespace',
    change('wardle/api }', 'api }'),
    'error injection-source-missing at annotations: { cert-manager.io/inject-ca-from: api }',
  ],
  [
    'the Certificate is of other manifests',
    change('wardle/api }', 'pki/ca }'),
    'info injection-source-missing at annotations: { cert-manager.io/inject-ca-from: pki/ca }',
  ],
  [
    'the Certificate is of another namespace',
    change('wardle/api }', 'default/api }'),
    'error injection-source-missing at annotations: { cert-manager.io/inject-ca-from: default/api }',
  ],
  [
    'a webhook names no Certificate',
    add(
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: { name: w, annotations: { cert-manager.io/inject-ca-from: wardle/other } }',
    ),
    'error injection-source-missing at metadata: { name: w, annotations: { cert-manager.io/inject-ca-from: wardle/other } }',
  ],
  [
    'a definition serves the version',
    add(
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x.wardle.example.com }\nspec: { group: wardle.example.com, versions: [{ name: v1alpha1, served: true }] }',
    ),
    'error crd-version-shadowed at service:',
  ],
  [
    'the group is reserved',
    (text) => text.replaceAll('wardle.example.com', 'wardle.k8s.io'),
    'info group-reserved at group: wardle.k8s.io',
  ],
  ['the Service is elsewhere', without('kind: Service\n'), 'info service-not-in-manifests at service:'],
  [
    'the probe is on another port',
    all(args('--secure-port=443'), change('httpGet: { port: 443', 'httpGet: { port: 8080')),
    'info readiness-probe-missing at readinessProbe: { httpGet: { port: 8080, path: /readyz, scheme: HTTPS } }',
  ],
  [
    'the Service is not named',
    change('    name: api\n    namespace: wardle\n', '    namespace: wardle\n'),
    'error apiservice-rejected at service:',
  ],
  [
    'the port is no port',
    change('    name: api\n    namespace: wardle\n', '    name: api\n    namespace: wardle\n    port: 70000\n'),
    'error apiservice-rejected at port: 70000',
  ],
  [
    'a chart asked no cluster which version it serves',
    all(
      change('apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1beta1'),
      change('  annotations: {', '  labels: { helm.sh/chart: x-1 }\n  annotations: {'),
    ),
    'info apiservice-rejected at apiVersion: apiregistration.k8s.io/v1beta1',
  ],
  ['the version has capitals', (text) => text.replaceAll('v1alpha1', 'V1'), 'error apiservice-rejected at version: V1'],
];

describe('exactly this is found where', () => {
  test.each(faults)('%s', async (_, edit, finds) => {
    const [first, ...rest] = await found(edit(sound));
    expect(first).toBe(finds);
    // What is rejected may be wrong for other reasons, too.
    if (!finds.includes(' apiservice-rejected ')) expect(rest).toEqual([]);
  });
});

test('nothing is said of a condition that nobody has observed', async () => {
  const text = all(change(/ {2}annotations: .*\n/, ''), change('  service:', '  caBundle: eA==\n  service:'))(sound);
  expect((await linted({ 'x.yaml': text })).findings).toMatchObject([
    {
      id: 'cabundle-unusable',
      evidence: [
        '`unable to load root certificates: unable to parse bytes as PEM block`',
        'the condition Available is not set while the caBundle cannot be read',
      ],
    },
  ]);
});
test('the fix of a rejected field names the field', async () => {
  const { findings } = await linted({ 'x.yaml': change('versionPriority: 15', 'versionPriority: 1500')(sound) });
  expect(findings[0]).toMatchObject({
    fix: { text: 'Set `spec.versionPriority` to a value such as `15`.' },
  });
});

test('what kube-apiserver will report is told as that, and the fix is for files', async () => {
  const { findings } = await linted({ 'x.yaml': noSelection(sound) });
  expect(findings[0]).toMatchObject({
    id: 'service-selects-no-pods',
    evidence: ['once applied, kube-apiserver reports `endpointslices for service/api in "wardle" have no addresses with port name ""`'],
    fix: { text: "Align the Service's selector with the labels of the pod template.", commands: [] },
  });
});

test('a group that is not set is the only fault of the names', async () => {
  const { findings } = await linted({ 'x.yaml': change('  group: wardle.example.com\n', '')(sound) });
  expect(findings.map(({ id, message }) => `${id}: ${message}`)).toEqual([
    'apiservice-rejected: The manifest cannot be applied: kube-apiserver rejects `spec.group` of `v1alpha1.wardle.example.com` because it must be a lowercase DNS name.',
  ]);
});

test('without any binding, other manifests may hold those of the ServiceAccount', async () => {
  const text = sound
    .split('---\n')
    .filter((one) => !/kind: (?:Cluster)?RoleBinding/.test(one))
    .join('---\n');
  const { findings } = await linted({ 'x.yaml': text });
  expect(findings.map(({ id, severity, evidence }) => [severity, id, evidence])).toEqual([
    ['info', 'reader-binding-missing', ['these manifests hold no RoleBinding and no ClusterRoleBinding']],
    ['info', 'delegator-binding-missing', ['these manifests hold no RoleBinding and no ClusterRoleBinding']],
  ]);
});

test('what is meant is named', async () => {
  const { findings } = await linted({ 'x.yaml': change('wardle/api }', 'default/api }')(sound) });
  expect(findings[0]).toMatchObject({ evidence: ['Certificate in these manifests: wardle/api'] });
  const misplaced = faults.find(([name]) => name === 'the ConfigMap is granted in another namespace')?.[1](sound) ?? '';
  expect((await linted({ 'x.yaml': misplaced })).findings[0]?.evidence).toEqual([
    'RoleBinding wardle/r has no effect: the binding must be in kube-system, like the ConfigMap',
  ]);
});

test('the exit status follows --fail-on', async () => {
  const text = manifests('metrics-server');
  const status = async (failOn?: string) => (await linted({ 'x.yaml': text }, failOn === undefined ? {} : { failOn })).summary.exitStatus;
  expect(await Promise.all([status(), status('error'), status('warning'), status('info'), status('never')])).toEqual([0, 0, 1, 1, 0]);
});

describe('the checks of manifests', () => {
  test.each(ownChecks.map((check) => [check.id, check] as const))('%s explains itself', (id, check) => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(laws.texts(check, id, { checks: ownChecks, files: {}, rows: {}, unrecorded: {}, scenarios: [] })).toEqual([]);
  });
  test('each is proven to find something, or a file of its own does', () => {
    const proven = faults.map(([, , finds]) => finds.split(' ')[1]);
    expect(ownChecks.map(({ id }) => id).filter((id) => !proven.includes(id))).toEqual(['serving-certificate-not-verified']);
  });
});
