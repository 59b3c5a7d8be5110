import { describe, expect, test } from 'vitest';
import { knownFlags } from '../../../src/facts/apiserver/known-flags.ts';
import { readKubeadmConfig } from '../../../src/facts/cluster/kubeadm-config.ts';
import { newestMinor, upgradeFrom, versionRules } from '../../../src/facts/cluster/upgrade.ts';
import type { Ask } from '../../../src/model.ts';
import { aggctl, scenario } from '../../cli/aggctl.ts';

describe('rules of versions', () => {
  test('stand in order, and none is newer than what was looked at', () => {
    const minors = versionRules.map(({ minor }) => minor);
    expect(minors).toEqual([...minors].sort((a, b) => a - b));
    expect(Math.max(...minors)).toBeLessThanOrEqual(newestMinor);
    for (const { source } of versionRules) expect(source).toMatch(/kubernetes\/kubernetes#\d+|v0\.\d+\.\d/);
  });

  test.each([
    [23, undefined, { to: 24, asked: false }, [24]],
    [32, 33, { to: 33, asked: true }, [33, 33, 33]],
    [34, undefined, { to: 35, asked: false }, [35]],
    [35, undefined, { to: 36, asked: false }, [36]],
    [34, 36, { to: 36, asked: true }, [35, 36]],
    [36, 37, { to: 37, asked: true }, []],
    [37, 37, { to: 37, asked: true }, []],
    [37, 40, { to: 40, asked: true, newestKnown: 37 }, []],
  ])('from 1.%i to %j', (from, target, expected, minors) => {
    expect(upgradeFrom(from, target)).toMatchObject({
      from,
      ...expected,
      rules: minors.map((minor) => expect.objectContaining({ minor })),
    });
  });

  test('name every flag that one of the real kube-apiservers knows and a later one does not', () => {
    const lost = Object.entries(knownFlags).flatMap(([minors, flags]) => {
      const last = Math.max(...minors.split(' ').map(Number));
      return last === newestMinor
        ? []
        : flags
            .trim()
            .split(/\s+/)
            .map((flag) => [last + 1, flag.replace('=', '')]);
    });
    const told = versionRules.flatMap(({ minor, gone = [] }) => gone.map((flag) => [minor, flag]));
    expect(told).toEqual(expect.arrayContaining(lost));
    // What is gone before the oldest of them none of them knows.
    const known = Object.values(knownFlags)
      .flatMap((flags) => flags.trim().split(/\s+/))
      .map((flag) => flag.replace('=', ''));
    expect(told.filter(([, flag]) => known.includes(String(flag)))).toEqual([]);
  });

  test.each([
    [37, undefined],
    [37, 36],
  ])('from 1.%i to %j there is nothing to say', (from, target) => {
    expect(upgradeFrom(from, target)).toBeNull();
  });
});

describe("kubeadm's configuration", () => {
  const read = (status: number, body: object) =>
    readKubeadmConfig((async () => ({ ok: true, value: { status, headers: {}, text: JSON.stringify(body), ms: 1 } })) as unknown as Ask);
  const configuration = (text: string) => ({ data: { ClusterConfiguration: text } });
  const extraArgs = [{ name: 'enable-aggregator-routing', value: 'true' }];

  test.each([
    ['v1beta4', 'apiServer:\n  extraArgs:\n  - name: enable-aggregator-routing\n    value: "true"\n'],
    ['v1beta3', 'apiServer:\n  extraArgs:\n    enable-aggregator-routing: "true"\n'],
    ['a boolean without quotes', 'apiServer:\n  extraArgs: { enable_aggregator_routing: true }\n'],
  ])('%s', async (_, text) => {
    expect(await read(200, configuration(text))).toMatchObject({ ok: true, value: { extraArgs } });
  });

  test('nothing in it, and another folder of certificates', async () => {
    const found = await read(200, configuration('apiServer: {}\ncertificatesDir: /srv/pki\n'));
    expect(found).toMatchObject({ ok: true, value: { extraArgs: [], written: { 'client-ca-file': '/srv/pki/ca.crt' } } });
  });

  test('is not there, is not permitted, is no YAML', async () => {
    expect(await read(404, { kind: 'Status' })).toEqual({ ok: true, value: null });
    expect(await read(200, {})).toEqual({ ok: true, value: null });
    expect(await read(403, { message: 'forbidden' })).toMatchObject({ ok: false, why: 'denied' });
    expect(await read(200, configuration('a: [\n'))).toMatchObject({ ok: false, why: 'malformed' });
  });
});

describe('--target-version', () => {
  const doctor = (name: string, ...options: string[]) => aggctl(['doctor', '--snapshot', scenario(name), ...options]);

  test('beyond what it knows, aggctl says so', async () => {
    const { stdout, status } = await doctor('upgrade-healthy', '--target-version', 'v1.99.0');
    expect(status).toBe(0);
    expect(stdout).toContain('This aggctl knows changes up to 1.37 only.');
  });

  test('is not older than what runs', async () => {
    const ran = await doctor('upgrade-healthy', '--target-version', '1.36');
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr).toBe('aggctl: --target-version 1.36 is older than the current version v1.37.2\n');
  });

  test('without it only what would break is told', async () => {
    expect((await doctor('upgrade-healthy')).stdout).not.toContain('Upgrade');
    const { stdout, status } = await doctor('cabundle-not-signer-before-upgrade');
    expect(status).toBe(1);
    expect(stdout).toContain('Upgrade to 1.36: first fix cabundle-not-signer.');
  });

  test('says what was not checked, and what would show it', async () => {
    const { stdout, status } = await doctor('firewall-drops-pods-laptop', '--target-version', '1.99');
    expect(status).toBe(1);
    expect(stdout).not.toContain('✓ Upgrade');
  });
});
