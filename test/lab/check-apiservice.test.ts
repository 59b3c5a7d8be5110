import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import schema from '../../schema/report.schema.json' with { type: 'json' };
import type { Report, Step } from '../../src/model.ts';
import { aggctl, onLaptop, onNode } from './doctor.ts';
import { ago, present } from './faults/fault.ts';
import { useControlPlane } from './fixture.ts';
import { keptAs } from './kept.ts';
import { type ExtensionServer, type Server, startExtensionServer, startSampleApiserver } from './servers.ts';
import { until } from './wait.ts';

const isReport = new Ajv2020().compile(schema);
const [wardle, second, toys, inventory] = [
  'v1alpha1.wardle.example.com',
  'v1beta1.wardle.example.com',
  'v1.toys.example.com',
  'v1.inventory.example.com',
];

describe('aggctl check-apiservice', () => {
  const control = useControlPlane();
  let sample: Server;
  beforeAll(async () => {
    sample = await startSampleApiserver(control());
    await control().run(['mkdir', '-p', control().path('usr')]);
  });

  const argv = (...args: string[]) => [process.execPath, aggctl, 'check-apiservice', ...args, ...onLaptop(control())];
  async function check(...args: string[]) {
    const { stdout, stderr, status } = await control().run(argv('-o', 'json', ...args));
    if (!stdout) throw new Error(stderr);
    const report = JSON.parse(stdout) as Report;
    if (report.kind === 'Report') expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    return { report, stderr, status };
  }
  const brokenAt = (path: readonly Step[]) => path.filter(({ state }) => state === 'broken').map(({ hop }) => hop);
  const verdicts = ({ apiservices = [] }: Report) => apiservices.map(({ name, state, path }) => [name, state, ...brokenAt(path)]);

  /** Runs it in the background until `end` has come true; gives what it wrote. Ctrl-C ends it where it does not end by itself. */
  async function during(args: readonly string[], act: (wrote: () => Promise<string>) => Promise<void>, interrupt: boolean) {
    const file = join(control().folder, 'during.txt');
    const flag = join(control().folder, 'during.end');
    await writeFile(file, '');
    const stop = interrupt ? `until [ -e ${flag} ]; do sleep 0.1; done; kill -INT $pid;` : '';
    const running = control().run(['sh', '-c', `rm -f ${flag}; "$0" "$@" >>${file} 2>&1 & pid=$!; ${stop} wait $pid`, ...args], {
      milliseconds: 150_000,
    });
    const wrote = () => readFile(file, 'utf8');
    await act(wrote).finally(() => writeFile(flag, ''));
    return { status: (await running).status, text: await wrote() };
  }
  const says = (wrote: () => Promise<string>, text: RegExp) =>
    until(`aggctl to say ${text}`, 100_000, async () => (text.test(await wrote()) ? true : undefined));

  test('a healthy one: every hop of its path, and what each shows', async () => {
    const { report, status, stderr } = await check(wardle);
    expect({ status, stderr, findings: report.findings }).toEqual({ status: 0, stderr: '', findings: [] });
    expect(verdicts(report)).toEqual([[wardle, 'serves']]);
    const shown = Object.fromEntries((report.apiservices?.[0]?.path ?? []).map(({ hop, shows }) => [hop, shows.join('; ')]));
    expect(shown).toMatchObject({
      registration: expect.stringMatching(/^Available True \(Passed\)/),
      Service: expect.stringMatching(/^wardle\/api: ClusterIP 10.96.100.10, port 443(; dialed by ClusterIP, because .*)?$/),
      endpoints: '192.0.2.10:443 ready',
      TLS: expect.stringMatching(/^caBundle: CN=wardle-ca, to /),
      discovery: expect.stringMatching(
        /^GET \/apis\/wardle.example.com\/v1alpha1: 200 in \d+ ms; GET \/openapi\/v3\/apis\/wardle.example.com\/v1alpha1: /,
      ),
    });
    for (const name of ['wardle.example.com/v1alpha1', `apiservice/${wardle}`, `apiservices.apiregistration.k8s.io/${wardle}`])
      expect((await check(name)).report.apiservices?.map((one) => one.name)).toEqual([wardle]);
  });

  test('all broken by one cause: one finding, at the hop of the front proxy', async () => {
    const cp = control();
    const sound = await cp.snapshotState();
    const v1beta1 = structuredClone(sample.objects.apiService);
    v1beta1.metadata = { name: second };
    v1beta1.spec.version = 'v1beta1';
    await cp.apply(v1beta1);
    await cp.waitServed(second);
    await present(cp, { notBefore: ago(9), notAfter: ago(2) });
    for (const name of [wardle, second]) await cp.waitAvailable(name, 'False', '401');
    const { stdout, status } = await cp.run([process.execPath, aggctl, 'check-apiservice', '--all', '-o', 'json', ...onNode(cp)]);
    const report = JSON.parse(stdout) as Report;
    expect(status).toBe(1);
    expect(report.findings.map(({ id }) => id)).toEqual(['front-proxy-client-expired']);
    expect(verdicts(report)).toEqual([
      [wardle, 'fails', 'front proxy'],
      [second, 'fails', 'front proxy'],
    ]);
    await cp.restore(sound, sample);
    await cp.kubectl('delete', 'apiservice', second, '--ignore-not-found');
  });

  describe('beside two that misbehave', () => {
    let [toyServer, stock]: ExtensionServer[] = [];
    beforeAll(async () => {
      const cp = control();
      toyServer = await startExtensionServer(cp, { group: 'toys.example.com' });
      stock = await startExtensionServer(cp, { group: 'inventory.example.com', port: 9444, behaviour: { status: 500 } });
      await toyServer.stop();
      await cp.waitAvailable(toys, 'False', 'refused');
      await cp.waitAvailable(inventory, 'False', '500');
    });

    test('three right verdicts, each by itself and all together', async () => {
      const expected = [
        [inventory, 'fails', 'discovery'],
        [toys, 'fails', 'network'],
        [wardle, 'serves'],
      ];
      const all = await check('--all');
      expect(verdicts(all.report)).toEqual(expected);
      expect({ status: all.status, count: all.report.findings.length, further: all.report.further }).toEqual({
        status: 1,
        count: 2,
        further: 0,
      });
      expect(verdicts((await check('--unavailable')).report)).toEqual(expected.slice(0, 2));
      for (const [name = '', state] of expected) {
        const one = await check(name);
        const sound = state === 'serves';
        expect({ status: one.status, count: one.report.findings.length, further: one.report.further }).toEqual({
          status: sound ? 0 : 1,
          count: sound ? 0 : 1,
          further: sound ? 2 : 1,
        });
      }
      const list = await control().run(argv('--no-headers'));
      expect(list.status).toBe(1);
      expect(list.stdout.split('\n').map((line) => line.split(/ {2,}/)[2])).toEqual([
        'False (FailedDiscoveryCheck)',
        'False (FailedDiscoveryCheck)',
        'True',
        undefined,
      ]);
    });

    test('--wait that runs out: 124, and the last diagnosis', async () => {
      const { report, status, stderr } = await check(toys, '--wait', '1s');
      expect(status).toBe(124);
      expect(report.summary.exitStatus).toBe(124);
      expect(report.findings).toHaveLength(1);
      expect(stderr).toMatch(/^v1\.toys\.example\.com does not serve: .*\n$/);
    });

    test('--wait for one that does not exist yet, and for a repair: 0', async () => {
      const late = 'v2.toys.example.com';
      const { status, text } = await during(
        argv(toys, late, '--wait', '2m'),
        async (wrote) => {
          await says(wrote, /does not serve/);
          await toyServer?.start();
          await says(wrote, /v2\.toys\.example\.com does not exist/);
          await control().apply({
            apiVersion: 'apiregistration.k8s.io/v1',
            kind: 'APIService',
            metadata: { name: late },
            spec: { group: 'toys.example.com', version: 'v2', groupPriorityMinimum: 2000, versionPriority: 100 },
          });
        },
        false,
      );
      expect({ status, text }).toEqual({ status: 0, text: expect.stringMatching(/^v1.* does not serve: .*, and 1 more: v2\.toys/) });
      await control().kubectl('delete', 'apiservice', late);
    });

    test('--watch tells a change with its time; Ctrl-C ends it with 130', async () => {
      const { status, text } = await during(
        argv(inventory, '--watch'),
        async (wrote) => {
          await says(wrote, /does not serve/);
          await stock?.behave();
          await says(wrote, / serves\n/);
        },
        true,
      );
      expect(status).toBe(130);
      const lines = text.trimEnd().split('\n');
      for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ v1\.inventory\.example\.com /);
      expect(lines[0]).toMatch(
        /does not serve: the extension API server returns an error for its discovery path \(apiservice-unavailable\)$/,
      );
      expect(lines.at(-1)).toMatch(/ serves$/);
    });

    test('--history tells what was broken before, and what cannot be seen of it once', async () => {
      const cp = control();
      await cp.waitServed(inventory);
      await stock?.behave({ status: 500 });
      await cp.waitAvailable(inventory, 'False', '500');
      await stock?.behave();
      await cp.waitServed(inventory);
      const { report, status } = await check(inventory, '--history');
      expect(status).toBe(0);
      const past = report.apiservices?.[0]?.history?.map(({ text }) => text) ?? [];
      expect(
        past.some((text) => /kube-apiserver saw it become unavailable \d+ times? with reason FailedDiscoveryCheck since \d{4}-/.test(text)),
      ).toBe(true);
      expect(past.some((text) => text === 'kube-apiserver started')).toBe(true);
      expect(report.unavailable.filter(({ fact }) => fact === 'loggedChanges')).toHaveLength(1);
      const silent = await check(wardle);
      expect(silent.report.apiservices?.[0]?.history).toBeUndefined();
    });
  });

  test("kube-apiserver's log tells when the condition changed, where it is on the node", async () => {
    const cp = control();
    await cp.manifest.set('v', '2');
    await cp.restartApiserver();
    await cp.waitServed(wardle);
    await sample.stop();
    await cp.waitAvailable(wardle, 'False', 'refused');
    await sample.start();
    await cp.waitServed(wardle);
    // Where kubelet keeps it.
    const folder = cp.path('var/log/pods/kube-system_kube-apiserver-cp-1_0/kube-apiserver');
    await cp.run(['mkdir', '-p', folder]);
    await writeFile(join(folder, '0.log'), (await cp.apiserverLog()).filter((line) => line.includes('availability')).join('\n'));
    const record = join(cp.folder, 'record.jsonl');
    const asked = [process.execPath, aggctl, 'check-apiservice', wardle, '--history', '-o', 'json'];
    const { stdout } = await cp.run([...asked, ...onNode(cp), '--record', record, '--overwrite']);
    await keptAs('test/snapshots/history.jsonl', record);
    const past = (JSON.parse(stdout) as Report).apiservices?.[0]?.history ?? [];
    const changes = past.filter(({ text }) => text.startsWith('Available ')).map(({ text }) => text.replace(/:.*/, ''));
    expect(changes).toContain('Available True to False (FailedDiscoveryCheck)');
    expect(changes.at(-1)).toBe('Available False to True (Passed)');
    for (const { at } of past.filter(({ text }) => text.startsWith('Available ')))
      expect(Math.abs(Date.now() - Date.parse(at ?? ''))).toBeLessThan(600_000);
  });

  test('it has only read', async () => {
    const reviews = ['selfsubjectreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'];
    const events = await control().auditEvents(({ user }) => user?.username === 'kubernetes-admin');
    expect(events.length).toBeGreaterThan(0);
    expect(
      events.filter(({ verb, objectRef }) => !['get', 'list', 'watch'].includes(verb) && !reviews.includes(objectRef?.resource)),
    ).toEqual([]);
  });
});
