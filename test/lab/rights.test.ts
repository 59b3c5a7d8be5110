import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api.ts';
import { doctor, outcome } from './doctor.ts';
import { useControlPlane } from './fixture.ts';
import { checkout } from './namespace.ts';
import { startSampleApiserver } from './servers.ts';

/** The objects printed in README under "Rights". */
async function printed(): Promise<KubernetesObject[]> {
  const readme = await readFile(join(checkout, 'README.md'), 'utf8');
  const block = /<!-- rights -->\n```yaml\n([\s\S]*?)```/.exec(readme)?.[1];
  if (!block) throw new Error('README.md has no block of rights');
  return parseAllDocuments(block).map((document) => document.toJS() as KubernetesObject);
}

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
  const diagnose = (kubeconfig: string) => doctor(control(), '--root', laptop, '--kubeconfig', kubeconfig);

  test('those printed in README are enough for everything that a laptop can see', async () => {
    const kubeconfig = await account('aggctl', await printed());
    const diagnosed = await diagnose(kubeconfig);
    expect(outcome(diagnosed)).toEqual({ first: undefined, ids: [], status: 0 });
    // The node's files, and nothing else.
    expect(diagnosed.report.unavailable.map(({ fact, why }) => [fact, why])).toEqual([['apiserver', 'excluded']]);
    expect(diagnosed.report.identity?.user).toBe('system:serviceaccount:ops:aggctl');
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
      ['endpoints', 'denied'],
      ['frontProxyGrants', 'excluded'],
    ]);
    expect(new Set(unavailable.map(({ message }) => message)).size).toBe(unavailable.length);
  });
});
