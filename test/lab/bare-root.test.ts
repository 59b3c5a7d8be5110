/** The executable where there is no Node.js: in a root directory that holds a kernel's /proc, the C and C++ libraries, and nothing else. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Report } from '../../src/model.ts';
import { aggctl } from './doctor.ts';
import { checkout } from './namespace.ts';

let folder: string;
let root: string;
const apiserver = `apiVersion: v1
kind: Pod
metadata: { name: kube-apiserver, namespace: kube-system }
spec:
  containers:
    - name: kube-apiserver
      image: registry.k8s.io/kube-apiserver:v1.37.2
      command: [kube-apiserver, --requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt, --proxy-client-cert-file=/none.crt]
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aggctl-bare-'));
  execFileSync(process.execPath, ['scripts/package.mjs', '--out', folder, 'linux-x64'], { cwd: checkout });
  root = join(folder, 'root');
  const executable = join(folder, 'aggctl-linux-x64');
  const libraries = execFileSync('ldd', [executable], { encoding: 'utf8' }).match(/\/\S+(?= \()/g) ?? [];
  for (const path of libraries) put(path, path);
  put('/bin/aggctl', executable);
  mkdirSync(join(root, 'proc'));
  const manifests = join(root, 'host/etc/kubernetes/manifests');
  mkdirSync(manifests, { recursive: true });
  writeFileSync(join(manifests, 'kube-apiserver.yaml'), apiserver);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, from: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  copyFileSync(from, join(root, path));
}

const inside = 'mount -t proc proc "$0/proc" && exec chroot "$0" /bin/aggctl "$@"';
const inRoot = (...args: string[]) =>
  spawnSync('unshare', ['--mount', '--pid', '--net', '--fork', 'sh', '-c', inside, root, ...args], { encoding: 'utf8', env: process.env });

test('nothing else is there to run', () => expect(readdirSync(join(root, 'bin'))).toEqual(['aggctl']));

test('it prints its version', () => expect(inRoot('--version')).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' }));

test('it diagnoses a demo', () => {
  const { status, stdout } = inRoot('doctor', '--demo');
  expect(stdout).toContain('front-proxy-client-expired');
  expect(status).toBe(1);
});

test("it finds in the node's files what the npm package finds", () => {
  const report = (stdout: string) => JSON.parse(stdout) as Report;
  const here = spawnSync(process.execPath, [aggctl, 'doctor', '--root', join(root, 'host'), '-o', 'json'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
  });
  const there = inRoot('doctor', '--root', '/host', '-o', 'json');
  const found = report(there.stdout).findings.map(({ id }) => id);
  expect(found.length).toBeGreaterThan(0);
  expect(found).toEqual(report(here.stdout).findings.map(({ id }) => id));
  expect(there.status).toBe(here.status);
});
