/** kube-apiserver started in an unusual way that is sound: nothing is found, and its flags were read. */
import { expect, test } from 'vitest';
import { privatePem } from '../support/pki.ts';
import { type Files, kubeadmFlags, leaf, manifestPath, pki, pkiFiles, pod, saidOf, signer, withFlags, words } from './node.ts';

const flags = words(kubeadmFlags);
const command = ['kube-apiserver', ...flags];
const { 'requestheader-allowed-names': _, ...unnamed } = kubeadmFlags;
const manifest = (text: string): Files => ({ [manifestPath]: text });
const list = (items: readonly string[], indent: string, quote = '') => items.map((item) => `${indent}- ${quote}${item}${quote}\n`).join('');
const yaml = (container: string, more = '') => `apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver
  namespace: kube-system
spec:
  hostNetwork: true
${more}  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.37.2
${container}    volumeMounts:
    - { name: pki, mountPath: ${pki}, readOnly: true }
  volumes:
  - name: pki
    hostPath: { path: ${pki} }
`;
const block = yaml(`    command:\n    - kube-apiserver\n${list(flags, '    ')}`);
const moved = '/srv/pki';
const elsewhere = words(Object.fromEntries(Object.entries(kubeadmFlags).map(([name, value]) => [name, value.replace(pki, moved)])));
const mounted = (mount: object): Files => manifest(pod(['kube-apiserver', ...elsewhere], { volumeMounts: [{ name: 'pki', ...mount }] }));
const unit = (text: string, more: Files = {}): Files => ({ '/etc/systemd/system/kube-apiserver.service': text, ...more });
/** k3s' name. */
const called = leaf(signer, { subject: [['CN', 'system:auth-proxy']] });
const tls = '/var/lib/rancher/k3s/server/tls';

test.each<[string, Files]>([
  ['as kubeadm writes it', manifest(block)],
  ['JSON', manifest(pod(command))],
  ['Windows line ends', manifest(block.replaceAll('\n', '\r\n'))],
  ['remarks', manifest(`# by hand\n${block.replace('    command:\n', '    command: # all of it\n    # none\n')}`)],
  ['a mark of the document', manifest(`---\n${block}...\n`)],
  ['another document before', manifest(`kind: ConfigMap\napiVersion: v1\nmetadata: { name: a }\n---\n${block}`)],
  ['a List', manifest(`{"kind":"List","apiVersion":"v1","items":[${pod(command)}]}`)],
  ['double quotes', manifest(yaml(`    command: ["kube-apiserver", ${flags.map((flag) => JSON.stringify(flag)).join(', ')}]\n`))],
  ['single quotes', manifest(yaml(`    command:\n    - kube-apiserver\n${list(flags, '    ', "'")}`))],
  [
    'an anchor',
    manifest(
      yaml(`    command: *all\n`, `  dnsPolicy: ClusterFirst\n`).replace('metadata:', `x-all: &all ${JSON.stringify(command)}\nmetadata:`),
    ),
  ],
  ['args', manifest(pod(['kube-apiserver'], { args: flags }))],
  ['a path', manifest(pod(['/usr/local/bin/kube-apiserver', ...flags]))],
  ['the entry point of the image', manifest(pod([], { command: undefined, args: flags }))],
  [
    'a value in a word of its own',
    manifest(pod(['kube-apiserver', ...Object.entries(kubeadmFlags).flatMap(([name, value]) => [`--${name}`, value])])),
  ],
  [
    'underscores',
    manifest(
      pod(['kube-apiserver', ...flags.map((flag) => flag.replace(/^--[a-z-]+/, (name) => `--${name.slice(2).replaceAll('-', '_')}`))]),
    ),
  ],
  ['a shell', manifest(pod(['sh', '-c', `exec kube-apiserver ${flags.join(' ')}`]))],
  ['a shell whose lines go on', manifest(pod(['/bin/sh', '-ec', `exec kube-apiserver \\\n  ${flags.join(' \\\n  ')}\n`]))],
  [
    'a shell that writes a log',
    manifest(pod(['/bin/sh', '-c', `/usr/local/bin/kube-apiserver ${flags.join(' ')} 2>&1 | tee -a /var/log/kube-apiserver.log`])),
  ],
  [
    'a shell with quotes',
    manifest(pod(['sh', '-c', `exec kube-apiserver ${words(unnamed).join(' ')} "--requestheader-allowed-names=front-proxy-client"`])),
  ],
  ['kube-log-runner', manifest(pod(['kube-log-runner', '-log-file=/var/log/kas.log', 'kube-apiserver', ...flags]))],
  ['hyperkube', manifest(pod(['/hyperkube', 'kube-apiserver', ...flags]))],
  [
    'a sidecar before',
    manifest(
      pod(
        [],
        {},
        { containers: [{ name: 'audit', image: 'a', command: ['tail', '-f', '/x'] }, JSON.parse(pod(command)).spec.containers[0]] },
      ),
    ),
  ],
  [
    'a container that prepares',
    manifest(pod(command, {}, { initContainers: [{ name: 'wait', image: 'a', command: ['sh', '-c', 'true'] }] })),
  ],
  [
    'a plugin of KMS beside',
    manifest(pod(command, {}, { initContainers: [{ name: 'kms', image: 'a', restartPolicy: 'Always', command: ['kms', '--listen=/x'] }] })),
  ],
  ['another folder in the container', mounted({ mountPath: moved })],
  [
    'a part of a volume',
    {
      ...manifest(
        pod(
          ['kube-apiserver', ...elsewhere],
          { volumeMounts: [{ name: 'pki', mountPath: moved, subPath: 'pki' }] },
          { volumes: [{ name: 'pki', hostPath: { path: '/etc/kubernetes' } }] },
        ),
      ),
    },
  ],
  [
    'each file mounted by itself',
    manifest(
      pod(
        command,
        {
          volumeMounts: Object.keys(pkiFiles)
            .filter((path) => path.startsWith(pki))
            .map((path, index) => ({ name: `v${index}`, mountPath: path })),
        },
        {
          volumes: Object.keys(pkiFiles)
            .filter((path) => path.startsWith(pki))
            .map((path, index) => ({ name: `v${index}`, hostPath: { path, type: 'File' } })),
        },
      ),
    ),
  ],
  ['addresses of IPv6', withFlags({ 'advertise-address': '2001:db8::1', 'bind-address': '::', 'service-cluster-ip-range': 'fd00::/108' })],
  ['names in quotes of CSV', withFlags({ 'requestheader-allowed-names': '"front-proxy-client","other, name"' })],
  ['several names', withFlags({ 'requestheader-allowed-names': 'front-proxy-client,aggregator' })],
  ['no names, and a CA for nothing else', withFlags({ 'requestheader-allowed-names': '' })],
  ['no flag for names', withFlags({ 'requestheader-allowed-names': null })],
  [
    'several headers',
    withFlags({
      'requestheader-username-headers': 'X-Remote-User,X-Forwarded-User',
      'requestheader-group-headers': 'X-Remote-Group,X-Groups',
    }),
  ],
  [
    'headers in small letters',
    withFlags({
      'requestheader-username-headers': 'x-remote-user',
      'requestheader-group-headers': 'x-remote-group',
      'requestheader-extra-headers-prefix': 'x-remote-extra-',
    }),
  ],
  ['a header for the uid', withFlags({ 'requestheader-uid-headers': 'X-Remote-Uid' })],
  ['aggregator routing', withFlags({ 'enable-aggregator-routing': 'true' })],
  ['redirects rejected by a flag', withFlags({ 'aggregator-reject-forwarding-redirect': 'true' })],
  ['no anonymous users', withFlags({ 'anonymous-auth': 'false' })],
  ['a minimum of TLS', withFlags({ 'tls-min-version': 'VersionTLS13' })],
  [
    'cipher suites',
    withFlags({
      'tls-min-version': 'VersionTLS12',
      'tls-cipher-suites': 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    }),
  ],
  ['feature gates', withFlags({ 'feature-gates': 'ContextualLogging=true', v: '4' })],
  [
    'structured authentication',
    {
      ...manifest(pod([...command, '--authentication-config=/etc/kubernetes/pki/auth.yaml'])),
      [`${pki}/auth.yaml`]: 'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt: []\n',
    },
  ],
  [
    'structured authorization',
    {
      ...manifest(
        pod([
          'kube-apiserver',
          ...words(kubeadmFlags).filter((flag) => !flag.includes('authorization-mode')),
          '--authorization-config=/etc/kubernetes/pki/authz.yaml',
        ]),
      ),
      [`${pki}/authz.yaml`]:
        'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers:\n- { type: Node, name: node }\n- { type: RBAC, name: rbac }\n',
    },
  ],
  [
    'a proxy that leaves the cluster alone',
    manifest(
      pod(command, {
        env: [
          { name: 'HTTPS_PROXY', value: 'http://proxy.example:3128' },
          { name: 'NO_PROXY', value: '127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8,.svc,.cluster.local' },
        ],
      }),
    ),
  ],
  [
    'an egress selector that is direct',
    {
      ...manifest(pod([...command, '--egress-selector-config-file=/etc/kubernetes/pki/egress.yaml'])),
      [`${pki}/egress.yaml`]:
        'apiVersion: apiserver.k8s.io/v1beta1\nkind: EgressSelectorConfiguration\negressSelections:\n- name: cluster\n  connection: { proxyProtocol: Direct }\n',
    },
  ],
  ['a unit of systemd', unit(`[Service]\nExecStart=/usr/local/bin/kube-apiserver ${flags.join(' ')}\n`)],
  [
    'a unit whose lines go on',
    unit(
      `[Unit]\nDescription=a\n\n[Service]\nExecStart=/usr/local/bin/kube-apiserver \\\n  ${flags.join(' \\\n  ')}\nRestart=on-failure\n`,
    ),
  ],
  [
    'a unit with a file of variables',
    unit('[Service]\nEnvironmentFile=-/etc/kubernetes/apiserver\nExecStart=/usr/bin/kube-apiserver $KUBE_API_ARGS\n', {
      '/etc/kubernetes/apiserver': `KUBE_API_ARGS="${flags.join(' ')}"\n`,
    }),
  ],
  [
    'a drop-in',
    unit('[Service]\nExecStart=/usr/bin/kube-apiserver --v=2\n', {
      '/etc/systemd/system/kube-apiserver.service.d/10-flags.conf': `[Service]\nExecStart=\nExecStart=/usr/bin/kube-apiserver ${flags.join(' ')}\n`,
    }),
  ],
  ['k3s', { '/etc/systemd/system/k3s.service': '[Service]\nExecStart=/usr/local/bin/k3s server\n', ...k3s(tls) }],
  [
    'k3s with arguments',
    {
      '/etc/systemd/system/k3s.service':
        "[Service]\nExecStart=/usr/local/bin/k3s \\\n    server \\\n\t'--kube-apiserver-arg=enable-aggregator-routing=true' \\\n",
      ...k3s(tls),
    },
  ],
  [
    'k3s in another folder',
    {
      '/etc/systemd/system/k3s.service': '[Service]\nExecStart=/usr/local/bin/k3s server\n',
      '/etc/rancher/k3s/config.yaml': 'data-dir: /data/k3s\n',
      ...k3s('/data/k3s/server/tls'),
    },
  ],
])('%s', async (_, files) => {
  const { wrong, healthy } = await saidOf({ ...pkiFiles, ...files });
  expect(wrong).toEqual([]);
  expect(healthy).toBeGreaterThan(15);
});

test.each<[string, Files]>([
  [
    'a variable',
    manifest(
      pod(['kube-apiserver', ...words(unnamed), '--requestheader-allowed-names=$(NAMES)'], {
        env: [{ name: 'NAMES', value: 'front-proxy-client' }],
      }),
    ),
  ],
  [
    'a variable made of another',
    manifest(
      pod(['kube-apiserver', ...words(unnamed), '--requestheader-allowed-names=$(A)-client'], {
        env: [
          { name: 'B', value: 'proxy' },
          { name: 'A', value: 'front-$(B)' },
        ],
      }),
    ),
  ],
])('%s whose value is not read: nothing is found, and it is said', async (_, files) => {
  const { wrong, notSeen } = await saidOf({ ...pkiFiles, ...files });
  expect(wrong).toEqual([]);
  expect(notSeen).toContainEqual(expect.stringMatching(/allowed-names is set from the environment variable (?:NAMES|A)/));
});

function k3s(folder: string): Files {
  const as = (name: string) => pkiFiles[`${pki}/${name}`] as string;
  return {
    [`${folder}/request-header-ca.crt`]: as('front-proxy-ca.crt'),
    [`${folder}/client-auth-proxy.crt`]: called.pem,
    [`${folder}/client-auth-proxy.key`]: privatePem(called.key),
    [`${folder}/client-ca.crt`]: as('ca.crt'),
    [`${folder}/serving-kube-apiserver.crt`]: as('apiserver.crt'),
    [`${folder}/serving-kube-apiserver.key`]: as('apiserver.key'),
  };
}
