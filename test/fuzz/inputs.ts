/** Files that a person names: snapshots, kubeconfigs, manifests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Random } from '../sources/random.ts';
import { checkout, scenarios } from '../support/scenarios.ts';
import { type Area, tryText } from './area.ts';
import { mutatedText, mutatedTree } from './mutate.ts';

/** Nothing else is on the node. */
const bare = ['--root', '.'];
const formats = ['text', 'json', 'yaml', 'jsonl'];

/** A snapshot whose lines are changed, as texts or as JSON. */
const snapshots: Area = {
  name: 'snapshot',
  attempt(random, folder) {
    const [file = ''] = random.pick(scenarios).snapshots;
    const [header = '', ...lines] = readFileSync(join(checkout, file), 'utf8').trimEnd().split('\n');
    // The base of one that extends it lies beside it.
    const given = header.replace(
      /"extends":"([^"]*)"/,
      (_, base: string) => `"extends":${JSON.stringify(join(checkout, file, '..', base))}`,
    );
    const all = [given, ...lines];
    const at = random.chance(6) ? 0 : random.below(all.length);
    const line = all[at] ?? '';
    const changed = random.chance(3) ? mutatedText(line, random) : Buffer.from(JSON.stringify(mutatedTree(JSON.parse(line), random)) ?? '');
    const texts = all.map((text, index) => Buffer.concat([index === at ? changed : Buffer.from(text), Buffer.from('\n')]));
    const commands = [['doctor', '-v'], ['check-apiservice', '--all', '-v', '--history'], ['flags'], ['certs']];
    return tryText([...random.pick(commands), '-o', random.pick(formats), '--snapshot', 'FILE'], Buffer.concat(texts), folder);
  },
};

const certificate = Buffer.from('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n').toString('base64');
const users = [
  { token: 'a.eyJleHAiOjF9.b' },
  { tokenFile: '/dev/null' },
  { 'client-certificate-data': certificate, 'client-key-data': certificate },
  { 'client-certificate': '/etc/hostname', 'client-key': '/nowhere' },
  { username: 'a', password: 'b' },
  {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'true',
      args: ['x'],
      env: [{ name: 'A', value: 'b' }],
      interactiveMode: 'Never',
    },
  },
  { 'auth-provider': { name: 'oidc', config: { 'id-token': 'a.b.c' } } },
];
const kubeconfigOf = (random: Random) => ({
  apiVersion: 'v1',
  kind: 'Config',
  preferences: {},
  'current-context': 'lab',
  clusters: [
    {
      name: 'lab',
      // Nobody listens there.
      cluster: {
        server: 'https://[::1]:1',
        'certificate-authority-data': certificate,
        'tls-server-name': 'kubernetes',
        'proxy-url': 'http://[::1]:1',
        extensions: [{ name: 'a', extension: { b: 1 } }],
      },
    },
  ],
  users: [{ name: 'jane', user: { ...random.pick(users), as: 'b', 'as-groups': ['c'], 'as-user-extra': { d: ['e'] } } }],
  contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'jane', namespace: 'default' } }],
});
const bomb = `x: &a [${'y, '.repeat(50)}y]\n${Array.from({ length: 12 }, (_, n) => `x${n}: &a${n} [${`*a${n === 0 ? '' : n - 1}, `.repeat(9)}*a]\n`).join('')}`;

/** A kubeconfig: values of other types, aliases, controls, depth. */
const kubeconfigs: Area = {
  name: 'kubeconfig',
  attempt(random, folder) {
    const good = kubeconfigOf(random);
    const tree = random.chance(4) ? good : mutatedTree(good, random);
    const text = random.chance(2) ? JSON.stringify(tree) : stringify(tree);
    const changed = tree === good || random.chance(3) ? mutatedText(random.chance(4) ? bomb + text : text, random) : Buffer.from(text);
    const commands = [
      ['doctor'],
      ['certs'],
      ['check-apiservice', 'v1.x'],
      ['deploy-sample', '--dry-run=server'],
      ['deploy-sample', '--delete'],
    ];
    return tryText([...random.pick(commands), ...['--kubeconfig', 'FILE', '--request-timeout', '2s']], changed, folder);
  },
};

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  labels: {component: kube-apiserver}
  annotations: {kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint: "192.0.2.10:6443"}
spec:
  hostNetwork: true
  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.37.2
    command:
    - kube-apiserver
    - --client-ca-file=/etc/kubernetes/pki/ca.crt
    - --requestheader-allowed-names=front-proxy-client
    - --requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt
    - --proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt
    - --proxy-client-key-file=/etc/kubernetes/pki/front-proxy-client.key
    - --egress-selector-config-file=/input
    - --v=2
    env: [{name: HTTPS_PROXY, value: "http://[::1]:1"}]
    volumeMounts: [{name: pki, mountPath: /etc/kubernetes/pki, readOnly: true}]
  volumes: [{name: pki, hostPath: {path: /etc/kubernetes/pki}}]
`;
/** The manifest of a kube-apiserver, which is its configuration, too. */
const manifests: Area = {
  name: 'manifest',
  attempt: (random, folder) =>
    tryText(
      [...random.pick([['doctor', '-v'], ['flags'], ['certs']]), ...bare, '--manifest', 'FILE'],
      mutatedText(manifest, random),
      folder,
    ),
};

const ofServers = ['keda', 'kueue', 'metrics-server-cert-manager', 'prometheus-adapter', 'sample-apiserver'].map((name) =>
  readFileSync(join(checkout, 'test/lint/manifests', `${name}.yaml`), 'utf8'),
);
/** The manifests of an extension API server, changed as text or in their values. */
const linted: Area = {
  name: 'lint',
  attempt(random, folder) {
    const text = random.pick(ofServers);
    const list = { apiVersion: 'v1', kind: 'List', items: parseAllDocuments(text).map((one) => one.toJS()) };
    const changed = random.chance(3) ? mutatedText(text, random) : Buffer.from(JSON.stringify(mutatedTree(list, random)) ?? '');
    return tryText(['lint', '-v', '-o', random.pick([...formats, 'sarif']), 'FILE'], changed, folder);
  },
};

export const inputs: readonly Area[] = [snapshots, kubeconfigs, manifests, linted];
