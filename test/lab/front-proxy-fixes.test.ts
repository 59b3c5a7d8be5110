/** What is printed for a front proxy is pasted into a shell: with the real kubeadm it heals, or changes nothing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { ca, client } from '../support/facts.ts';
import { privatePem } from '../support/pki.ts';
import { checkout } from '../support/scenarios.ts';
import { kubernetesProgram, versions } from './assets.ts';

const kubeadm = await kubernetesProgram(versions[0], 'kubeadm', () => {});
const flags = {
  'client-ca-file': 'ca.crt',
  'etcd-cafile': 'etcd/ca.crt',
  'etcd-certfile': 'apiserver-etcd-client.crt',
  'etcd-keyfile': 'apiserver-etcd-client.key',
  'proxy-client-cert-file': 'front-proxy-client.crt',
  'proxy-client-key-file': 'front-proxy-client.key',
  'requestheader-client-ca-file': 'front-proxy-ca.crt',
};
const others = [
  '--authorization-mode=Node,RBAC',
  '--requestheader-allowed-names=front-proxy-client',
  '--requestheader-username-headers=X-Remote-User',
  '--requestheader-group-headers=X-Remote-Group',
  '--requestheader-extra-headers-prefix=X-Remote-Extra-',
];
type Flags = Partial<Record<keyof typeof flags, string>>;

let root = '';
const at = (path: string) => join(root, 'etc/kubernetes', path);
const put = (name: string, text: string) => {
  mkdirSync(dirname(at(`pki/${name}`)), { recursive: true });
  writeFileSync(at(`pki/${name}`), text, { mode: name.endsWith('.key') ? 0o600 : 0o644 });
};
const putPair = (stem: string, issued: ReturnType<typeof ca>) => {
  put(`${stem}.crt`, issued.pem);
  put(`${stem}.key`, privatePem(issued.key));
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'aggctl-fixes-'));
  mkdirSync(at('manifests'), { recursive: true });
  for (const phase of ['ca', 'etcd-ca', 'apiserver-etcd-client', 'front-proxy-ca', 'front-proxy-client'])
    execFileSync(kubeadm, ['init', 'phase', 'certs', phase, '--cert-dir', at('pki'), '--kubernetes-version', `v${versions[0]}`]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function writeManifest(set: Flags = {}) {
  const named = Object.entries({ ...flags, ...set }).map(([name, file]) => `--${name}=/etc/kubernetes/pki/${file}`);
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'kube-apiserver',
      annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': '192.0.2.1:6443' },
    },
    spec: {
      containers: [
        {
          name: 'kube-apiserver',
          command: ['kube-apiserver', ...named, ...others],
          volumeMounts: [{ name: 'pki', mountPath: '/etc/kubernetes/pki' }],
        },
      ],
      volumes: [{ name: 'pki', hostPath: { path: '/etc/kubernetes/pki' } }],
    },
  };
  writeFileSync(at('manifests/kube-apiserver.yaml'), JSON.stringify(pod, null, 1));
}

function diagnose(): Report {
  const argv = [join(checkout, 'bin/aggctl.js'), 'doctor', '--root', root, '-o', 'json'];
  return JSON.parse(spawnSync(process.execPath, argv, { env: { PATH: process.env.PATH, HOME: root }, encoding: 'utf8' }).stdout);
}
const found = () => diagnose().findings.map(({ id }) => id);

/** As pasted: a command that fails ends nothing. An edit sets the flags that its comment names. */
function paste(commands: readonly string[]) {
  const lines = commands.map((command) => {
    const [, file, change] = /^vi (\S+) {4}# Set (.*)$/.exec(command) ?? [];
    if (!file) return command;
    const edits = [...(change ?? '').matchAll(/--([\w-]+)=(\S+)/g)].map(([, name, value]) => `-e 's#--${name}=[^"]*#--${name}=${value}#'`);
    return `sed -i ${edits.join(' ')} ${file}`;
  });
  const script = lines
    .join('\n')
    .replace(/(?<!=)\/etc\/kubernetes/g, join(root, 'etc/kubernetes'))
    .replaceAll('/root/', `${root}/`);
  // What kubeadm takes for its own directory is the one of this test.
  const own = `kubeadm() { case "$*" in *--cert-dir*) ${kubeadm} "$@";; *) ${kubeadm} "$@" --cert-dir ${at('pki')};; esac; }\nscp() { return 1; }`;
  spawnSync('sh', ['-c', `${own}\n${script}`], { env: { PATH: process.env.PATH, TMPDIR: root }, encoding: 'utf8' });
}
const contents = () =>
  Object.fromEntries(
    readdirSync(at('pki'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')]),
  );

const past = new Date(Date.now() - 86_400_000);
const long = new Date(Date.now() - 900 * 86_400_000);
const future = new Date(Date.now() + 900 * 86_400_000);
const validCa = (name: string) => ca(name, { notBefore: long, notAfter: future });
const validClient = (issuer: ReturnType<typeof ca>) => client(issuer, { notBefore: long, notAfter: future });
const expired = (issuer: ReturnType<typeof ca>) => client(issuer, { notBefore: long, notAfter: past });

test.each<[string, () => void, string]>([
  [
    'the pair expired',
    () => {
      const signer = validCa('front-proxy-ca');
      putPair('front-proxy-ca', signer);
      putPair('front-proxy-client', expired(signer));
    },
    'front-proxy-client-expired',
  ],
  [
    'the pair expired, and the key belongs to the second CA of the bundle',
    () => {
      const signer = validCa('front-proxy-ca');
      put('front-proxy-ca.crt', validCa('old-ca').pem + signer.pem);
      put('front-proxy-ca.key', privatePem(signer.key));
      putPair('front-proxy-client', expired(signer));
    },
    'front-proxy-client-expired',
  ],
  [
    'the pair expired, in another directory',
    () => {
      const signer = validCa('other-ca');
      putPair('fp/ca', signer);
      putPair('fp/client', expired(signer));
      rmSync(at('pki/front-proxy-client.crt'));
      writeManifest({
        'proxy-client-cert-file': 'fp/client.crt',
        'proxy-client-key-file': 'fp/client.key',
        'requestheader-client-ca-file': 'fp/ca.crt',
      });
    },
    'front-proxy-client-expired',
  ],
  [
    'the pair expired, and the flag names the CA of etcd',
    () => {
      const signer = validCa('front-proxy-ca');
      putPair('front-proxy-ca', signer);
      putPair('front-proxy-client', expired(signer));
      writeManifest({ 'requestheader-client-ca-file': 'etcd/ca.crt' });
    },
    'front-proxy-client-expired',
  ],
  [
    'another CA signed it',
    () => putPair('front-proxy-client', validClient(validCa('x'))),
    'front-proxy-client-not-signed-by-requestheader-ca',
  ],
  ['the key belongs to another', () => put('front-proxy-client.key', privatePem(validCa('x').key)), 'proxy-client-key-mismatch'],
  ['the certificate is lost', () => rmSync(at('pki/front-proxy-client.crt')), 'front-proxy-file-absent'],
  [
    'the CA flag names the CA of users',
    () => writeManifest({ 'requestheader-client-ca-file': 'ca.crt' }),
    'front-proxy-client-not-signed-by-requestheader-ca',
  ],
  [
    "the flags name etcd's client",
    () => writeManifest({ 'proxy-client-cert-file': 'apiserver-etcd-client.crt', 'proxy-client-key-file': 'apiserver-etcd-client.key' }),
    'front-proxy-client-not-signed-by-requestheader-ca',
  ],
  [
    "the flags name etcd's client, and there is no other pair",
    () => {
      rmSync(at('pki/front-proxy-client.crt'));
      rmSync(at('pki/front-proxy-client.key'));
      writeManifest({ 'proxy-client-cert-file': 'apiserver-etcd-client.crt', 'proxy-client-key-file': 'apiserver-etcd-client.key' });
    },
    'front-proxy-client-not-signed-by-requestheader-ca',
  ],
  ['the certificate twice', () => writeManifest({ 'proxy-client-key-file': 'front-proxy-client.crt' }), 'proxy-client-pair-unusable'],
  [
    'the two CA flags swapped',
    () => writeManifest({ 'client-ca-file': 'front-proxy-ca.crt', 'requestheader-client-ca-file': 'ca.crt' }),
    'front-proxy-client-wrong-identity',
  ],
])('%s: it is healed, and nothing of another component is touched', (_, inject, id) => {
  writeManifest();
  expect(found()).toEqual([]);
  inject();
  const before = contents();
  const report = diagnose();
  expect(report.findings[0]?.id).toBe(id);
  paste(report.findings[0]?.fix.commands ?? []);
  expect(found()).toEqual([]);
  const after = contents();
  const changed = Object.keys(before).filter((path) => before[path] !== after[path]);
  expect(changed.every((path) => /front-proxy-client|fp\/client/.test(path))).toBe(true);
  expect(readdirSync(root).filter((name) => name.startsWith('tmp.'))).toEqual([]);
});

test.each<[string, () => void]>([
  ['the key of the CA is not here', () => rmSync(at('pki/front-proxy-ca.key'))],
  ['the key of the CA is that of another', () => renameSync(at('pki/ca.key'), at('pki/front-proxy-ca.key'))],
])('%s: nothing changes', (_, inject) => {
  writeManifest();
  putPair('front-proxy-client', validClient(validCa('x')));
  inject();
  expect(found()[0]).toBe('front-proxy-client-not-signed-by-requestheader-ca');
  const before = contents();
  paste(diagnose().findings[0]?.fix.commands ?? []);
  expect(contents()).toEqual(before);
});
