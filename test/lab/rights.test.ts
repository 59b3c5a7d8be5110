import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api.ts';
import { aggctl, checkApiService, doctor, outcome } from './doctor.ts';
import { useControlPlane } from './fixture.ts';
import { startSampleApiserver } from './servers.ts';

/** What `aggctl rbac` prints. */
async function printed(...options: string[]): Promise<KubernetesObject[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [aggctl, 'rbac', '-n', 'ops', ...options]);
  return parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
}

/** The same object for another ServiceAccount. */
const to =
  (name: string) =>
  (object: KubernetesObject): KubernetesObject => ({
    ...object,
    metadata: { ...object.metadata, name },
    ...(object.roleRef && { roleRef: { ...object.roleRef, name }, subjects: [{ ...object.subjects[0], name }] }),
  });

describe('rights', () => {
  const control = useControlPlane();
  let laptop: string;

  beforeAll(async () => {
    laptop = await mkdtemp(join(tmpdir(), 'aggctl-laptop-'));
    await startSampleApiserver(control());
    await control().apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'ops' } });
  });
  afterAll(() => rm(laptop, { recursive: true, force: true }));

  /** A kubeconfig of a new ServiceAccount that has nothing but what `grants` binds to it. */
  async function account(name: string, grants: readonly KubernetesObject[]): Promise<string> {
    const cp = control();
    await cp.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'ops' } }, ...grants);
    const token = (await cp.kubectl('-n', 'ops', 'create', 'token', name)).trim();
    const config = parse(await readFile(cp.kubeconfig.admin, 'utf8'));
    config.users[0].user = { token };
    const path = join(laptop, `${name}.conf`);
    await writeFile(path, JSON.stringify(config), { mode: 0o600 });
    return path;
  }
  /** The node's files; and here there are no pods, through which a port could be forwarded. */
  const elsewhere = [
    ['apiserver', 'excluded'],
    ['serving', 'excluded'],
  ];
  const diagnoseOne = (kubeconfig: string) =>
    checkApiService(control(), 'v1alpha1.wardle.example.com', '--root', laptop, '--kubeconfig', kubeconfig);
  const diagnose = (kubeconfig: string) => doctor(control(), '--root', laptop, '--kubeconfig', kubeconfig);

  test('those that it prints are enough for everything that a laptop can see', async () => {
    const kubeconfig = await account('aggctl', await printed());
    const diagnosed = await diagnose(kubeconfig);
    expect(outcome(diagnosed)).toEqual({ first: undefined, ids: [], status: 0 });
    // The node's files, and nothing else.
    expect(diagnosed.report.unavailable.map(({ fact, why }) => [fact, why])).toEqual([['apiserver', 'excluded']]);
    expect(diagnosed.report.identity?.user).toBe('system:serviceaccount:ops:aggctl');
  });

  test('with those of its namespace they are enough for one APIService that is named', async () => {
    const kubeconfig = await account('aggctl', await printed('--server-namespace', 'wardle'));
    const named = await diagnoseOne(kubeconfig);
    expect(outcome(named)).toEqual({ first: undefined, ids: [], status: 0 });
    expect(named.report.unavailable.map(({ fact, why }) => [fact, why])).toEqual(elsewhere);
  });

  test('without the right to CustomResourceDefinitions that costs a line, and no more', async () => {
    const lesser = (await printed()).map((one) => ({
      ...one,
      ...(one.rules && {
        rules: one.rules.filter(({ resources = [] }: KubernetesObject) => !resources.includes('customresourcedefinitions')),
      }),
    }));
    const named = await diagnoseOne(await account('aggctl', lesser));
    expect(outcome(named)).toEqual({ first: undefined, ids: [], status: 0 });
    expect(named.report.unavailable.map(({ fact, why }) => [fact, why])).toEqual([
      elsewhere[0],
      ['customResources', 'excluded'],
      elsewhere[1],
    ]);
  });

  test('without that Role what was asked for is not seen whole: one line for each thing, and the status says so', async () => {
    const named = await diagnoseOne(await account('stranger', (await printed()).map(to('stranger'))));
    expect(outcome(named)).toEqual({ first: undefined, ids: [], status: 3 });
    const denied = named.report.unavailable.filter(({ why }) => why === 'denied');
    expect(denied.map(({ fact }) => fact)).toEqual(['backend', 'backendEndpoints']);
  });

  test('they hold no Secrets, no logs of the whole cluster, and no verb that writes', async () => {
    const rules = (await printed()).flatMap(({ kind, rules = [] }) => rules.map((rule: KubernetesObject) => ({ kind, ...rule })));
    expect(rules.length).toBeGreaterThan(0);
    for (const { kind, resources = [], verbs } of rules) {
      expect(resources).not.toContain('secrets');
      if (kind === 'ClusterRole') expect(resources).not.toContain('pods/log');
      expect(['get', 'list', 'watch']).toEqual(expect.arrayContaining(verbs));
    }
  });

  test('with none at all, each thing that cannot be seen is said once, and nothing is invented', async () => {
    const diagnosed = await diagnose(await account('nobody', []));
    expect(outcome(diagnosed)).toEqual({ first: undefined, ids: [], status: 3 });
    const { unavailable } = diagnosed.report;
    expect(unavailable.map(({ fact, why }) => [fact, why]).sort()).toEqual([
      ['apiserver', 'denied'],
      ['apiservice', 'denied'],
      ['authConfigMap', 'denied'],

      ['frontProxyGrants', 'excluded'],
      ['kubeApiserverAddresses', 'denied'],
    ]);
    expect(new Set(unavailable.map(({ message }) => message)).size).toBe(unavailable.length);
  });
});
