/** `--nodes` on a whole node: a real Pod of aggctl's image records what the node shows. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { Report } from '../../src/model.ts';
import { fromLog } from '../../src/nodes/stream.ts';
import { aggctlImage } from './aggctl-image.ts';
import { deploySample } from './deploy-sample.ts';
import { aggctl, doctor, idsOf, onNode } from './doctor.ts';
import { useNode } from './fixture.ts';
import { more } from './tiers.ts';
import { until } from './wait.ts';

const lab = useNode();
let folder: string;
const flags = ['--nodes', '--node-image', aggctlImage];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aggctl-nodes-'));
  await lab().importAggctl();
  await deploySample(lab());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  lab().run([process.execPath, aggctl, ...args, '--kubeconfig', lab().kubeconfig.admin], { milliseconds: 200_000 });
/** The folder that stands for the node's root holds no /etc/hostname. */
const unnamed = (value: unknown) => JSON.parse(JSON.stringify(value, (key, one) => (key === 'node' && one === 'cp-1' ? undefined : one)));
const withNodes = async (...args: string[]) => {
  const { stdout, stderr, status } = await run('doctor', ...flags, '--yes', '-o', 'json', ...args);
  return { report: stdout ? (JSON.parse(stdout) as Report) : null, stderr, status };
};
const ours = 'app.kubernetes.io/managed-by=aggctl-nodes';
const pods = (namespace = 'kube-system') => lab().kubectl('-n', namespace, 'get', 'pods', '-l', ours, '-o', 'name');
/** What aggctl itself wrote. */
const writes = async () => {
  const events = await lab().auditEvents(
    ({ verb, userAgent, stage }) =>
      !['get', 'list', 'watch'].includes(verb) &&
      String(userAgent).startsWith('aggctl') &&
      (stage ?? 'ResponseComplete') === 'ResponseComplete',
  );
  return events.flatMap(({ verb, objectRef }) =>
    /reviews$/.test(objectRef?.resource ?? '') ? [] : [`${verb} ${objectRef?.resource} ${objectRef?.namespace}`],
  );
};

describe('a healthy node', () => {
  test('shows from elsewhere what it shows to who logs in, and nothing of the Pods is left', async () => {
    const before = await writes();
    const { report, stderr, status } = await withNodes();
    expect(stderr).toBe('');
    expect({ ids: report && idsOf(report), status }).toEqual({ ids: [], status: 0 });
    const there = await doctor(lab(), ...onNode(lab()));
    expect(report?.passed).toEqual(there.report.passed);
    expect(unnamed(report?.apiservers)).toEqual(unnamed(there.report.apiservers));
    expect(report?.unavailable).toEqual(there.report.unavailable);
    expect(await pods()).toBe('');
    expect((await writes()).slice(before.length).sort()).toEqual(['create pods kube-system', 'delete pods kube-system']);
  });

  test.each(['certs', 'flags'])('%s shows the same as on the node', async (command) => {
    const items = async (...args: string[]) => JSON.parse((await run(command, '-o', 'json', ...args)).stdout).items;
    const withoutTime = (all: object[]) => unnamed(all.map((one) => ({ ...one, residual: 0 })));
    expect(withoutTime(await items(...flags, '--yes'))).toEqual(withoutTime(await items('--root', lab().root)));
  });

  test('what is recorded shows the same again', async () => {
    const file = join(folder, 'healthy.jsonl.gz');
    const { report, stderr } = await withNodes('--record', file);
    expect(stderr).toMatch(/^hint: \d+ answers were recorded; show them again: aggctl doctor --snapshot \S+healthy\.jsonl\.gz\n$/);
    const again = await doctor(lab(), '--snapshot', file);
    expect({ ...again.report, source: 'live' }).toEqual(report);
  });

  test('no private key is in the log of its Pod, which --dry-run prints', async () => {
    const { stdout } = await run('doctor', ...flags, '--dry-run');
    const [pod] = parseAllDocuments(stdout).map((document) => document.toJS());
    expect(pod.spec).toMatchObject({ nodeName: 'cp-1', automountServiceAccountToken: false });
    await lab().apply(pod);
    const log = await until('the Pod to end', 60_000, async () => {
      const text = await lab()
        .kubectl('-n', 'kube-system', 'logs', pod.metadata.name)
        .catch(() => '');
      return text.includes('END AGGCTL') ? text : undefined;
    });
    const found = fromLog(log);
    const recording = 'recording' in found ? found.recording : '';
    expect(recording).toContain('/etc/kubernetes/manifests/kube-apiserver.yaml');
    const key = await readFile(join(lab().root, 'etc/kubernetes/pki/front-proxy-client.key'), 'utf8');
    const admin = await readFile(lab().kubeconfig.admin, 'utf8');
    for (const secret of [...key.split('\n').slice(1, -2), ...(admin.match(/client-key-data: (\S{64})/)?.slice(1) ?? [])])
      expect(recording).not.toContain(secret);
    expect(recording).not.toContain('PRIVATE KEY');
    const { stderr } = await withNodes();
    expect(stderr).toBe(`hint: removed what an earlier run left: ${pod.metadata.name}\n`);
  });
});

test('a fault of the node is found from elsewhere, first', async () => {
  const sound = await lab().snapshotState();
  await lab().write('etc/kubernetes/pki/front-proxy-client.key', 'no key\n');
  const there = await doctor(lab(), ...onNode(lab()));
  const { report, status } = await withNodes();
  expect(report && idsOf(report)).toEqual(idsOf(there.report));
  expect(report?.findings[0]?.id).toMatch(/^proxy-client-/);
  expect(status).toBe(1);
  await lab().restore(sound);
});

describe('a node that cannot be seen is said once, and the rest goes on', () => {
  test('no image', async () => {
    const { report, status } = await withNodes('--node-image', 'example.com/none:1');
    expect(report?.incomplete).toMatch(/^Not seen: control-plane node cp-1: `(?:ImagePullBackOff|ErrImageNeverPull)`/);
    expect(status).toBe(3);
    expect(await pods()).toBe('');
  });

  test('PodSecurity refuses', async () => {
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await lab().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'strict', labels } });
    const { report, status } = await withNodes('--node-namespace', 'strict');
    expect(report?.incomplete).toMatch(/cp-1: its Pod was not created: .*violates PodSecurity "restricted/);
    expect(status).toBe(3);
  });

  test('a node that is down', { timeout: 240_000, ...more }, async () => {
    const down = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp-9', labels: { 'node-role.kubernetes.io/control-plane': '' } } };
    await lab().apply(down);
    const { report, status } = await withNodes();
    await lab().kubectl('delete', 'node', 'cp-9');
    expect(report?.incomplete).toBe(
      'Not seen: control-plane node cp-9: kubelet has not started its Pod: see whether the node is Ready (waited 120 s).',
    );
    expect(report?.passed.length).toBeGreaterThan(20);
    expect(status).toBe(3);
  });
});

test('without the rights for Pods nothing is created', async () => {
  const before = await writes();
  const { stderr, status } = await run('doctor', ...flags, '--yes', '--as', 'somebody', '--as-group', 'system:authenticated');
  expect({ stderr, status }).toEqual({ stderr: expect.stringMatching(/^aggctl: [^\n]+\n$/), status: 2 });
  expect(await writes()).toEqual(before);
});

test.each(['SIGKILL', 'SIGINT'] as const)('%s while a Pod runs', async (signal) => {
  const argv = [process.execPath, aggctl, 'doctor', ...flags, '--yes', '--kubeconfig', lab().kubeconfig.admin];
  const log = join(lab().folder, 'logs', `nodes-${signal}.log`);
  const { pid } = await lab().namespace.send('start', { name: 'aggctl', argv, env: { PATH: process.env.PATH ?? '', HOME: folder }, log });
  await until('the Pod to be there', 30_000, async () => ((await pods()) === '' ? undefined : true));
  await lab().run(['kill', `-${signal.slice(3)}`, String(pid)]);
  await lab().namespace.send('wait', { name: 'aggctl', milliseconds: 30_000 });
  if (signal === 'SIGINT') expect(await pods()).toBe('');
  const { status } = await withNodes();
  expect({ status, left: await pods() }).toEqual({ status: 0, left: '' });
});

test("the recipe of docs/where-to-run.md: kubectl debug with aggctl's image", async () => {
  const custom = join(folder, 'root.json');
  await lab().run(['sh', '-c', `echo '{"securityContext":{"runAsUser":0}}' > ${custom}`]);
  await lab().kubectl(
    ...['debug', 'node/cp-1', `--image=${aggctlImage}`, '--image-pull-policy=IfNotPresent', '--profile=sysadmin', `--custom=${custom}`],
    ...['--', 'aggctl', 'doctor', '--root', '/host', '-o', 'json'],
  );
  const name = (await lab().kubectl('get', 'pods', '-o', 'name')).match(/node-debugger-\S+/)?.[0] ?? '';
  const log = await until('the report', 60_000, async () => {
    const text = await lab()
      .kubectl('logs', name)
      .catch(() => '');
    return text.trimEnd().endsWith('}') ? text : undefined;
  });
  const report = JSON.parse(log) as Report;
  expect(report.findings).toEqual([]);
  expect(report.apiservers.map(({ name }) => name)).toEqual(['cp-1']);
  await lab().kubectl('delete', 'pod', name, '--grace-period=1');
});
