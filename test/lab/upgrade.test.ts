import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { type Diagnosed, doctor, onNode, outcome } from './doctor.ts';
import { apiService, type Lab, outcomeOf } from './faults/fault.ts';
import { nothing } from './faults/sound.ts';
import { caBundleBeforeUpgrade, handEdits, type UpgradeFault } from './faults/upgrade.ts';
import { useControlPlane } from './fixture.ts';
import { keptAsScenario } from './kept.ts';
import { kubeadmConfig } from './kubeadm.ts';
import { mustRun } from './node.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';

/** Records, and keeps it as a scenario with UPDATE=1. */
async function diagnose(
  lab: Lab,
  records: string,
  { name, targetVersion }: Pick<UpgradeFault, 'name' | 'targetVersion'>,
  kept: boolean,
): Promise<Diagnosed> {
  const file = join(records, `${name}.jsonl`);
  const diagnosed = await doctor(lab.cp, ...onNode(lab.cp), '--target-version', targetVersion, '--record', file);
  const { report } = await doctor(lab.cp, '--snapshot', file, '--target-version', targetVersion);
  expect({ ...report, source: 'live' }).toEqual(diagnosed.report);
  if (kept) await keptAsScenario(name, file, { targetVersion });
  return diagnosed;
}

describe.each(['1.37.2', '1.35.4'] as const)('--target-version on kube-apiserver %s', (version) => {
  const newest = version === '1.37.2';
  const control = useControlPlane({ version });
  let lab: Lab;
  let sound: State;
  let records: string;

  beforeAll(async () => {
    lab = { cp: control(), sample: await startSampleApiserver(control()) };
    sound = await lab.cp.snapshotState();
    records = await mkdtemp(join(tmpdir(), 'aggctl-upgrade-'));
  });
  afterAll(() => rm(records, { recursive: true, force: true }));
  beforeEach(async () => {
    await lab.cp.restore(sound, lab.sample);
    await lab.cp.waitServed(apiService);
  });

  test('of a sound cluster: nothing breaks, and no flag of kubeadm counts as an edit', async () => {
    const diagnosed = await diagnose(lab, records, { name: 'upgrade-healthy', targetVersion: '1.37' }, newest);
    expect(outcome(diagnosed)).toEqual(outcomeOf(nothing));
    expect(diagnosed.report.upgrade).toMatchObject({ from: version.slice(0, 4), to: '1.37', newestKnown: '1.37', breaks: [] });
    expect(diagnosed.report.upgrade?.changes.map((change) => change.version)).toEqual(newest ? [] : ['1.36']);
  });

  test('hand edits that kubeadm does not know', async () => {
    await handEdits.inject(lab);
    const diagnosed = await diagnose(lab, records, handEdits, newest);
    expect(outcome(diagnosed)).toEqual(outcomeOf(handEdits));
    expect(diagnosed.report.upgrade?.breaks).toEqual(handEdits.finds);
    // What kubeadm itself makes of its configuration: the manifest of the next upgrade.
    const wouldBe = await manifestOf(lab, []);
    expect(wouldBe).not.toContain('enable-aggregator-routing');
    expect(wouldBe).toContain('--requestheader-allowed-names=front-proxy-client\n');
  });

  test('the same edits in the configuration of kubeadm', async () => {
    await lab.cp.manifest.set('enable-aggregator-routing', 'true');
    await lab.cp.restartApiserver();
    await lab.cp.waitServed(apiService);
    const extraArgs = [{ name: 'enable-aggregator-routing', value: 'true' }];
    const wouldBe = await manifestOf(lab, extraArgs);
    expect(wouldBe).toContain('--enable-aggregator-routing=true');
    await mustRun(lab.cp, [
      ...['kubeadm', 'init', 'phase', 'upload-config', 'kubeadm', '--config', lab.cp.path('kubeadm.yaml')],
      ...['--kubeconfig', lab.cp.kubeconfig.superAdmin],
    ]);
    expect(outcome(await doctor(lab.cp, ...onNode(lab.cp), '--target-version', '1.37'))).toEqual(outcomeOf(nothing));
  });

  if (newest) return;
  test('a caBundle that only requests notice, up to 1.35', async () => {
    await caBundleBeforeUpgrade.inject(lab);
    const diagnosed = await diagnose(lab, records, caBundleBeforeUpgrade, true);
    expect(outcome(diagnosed)).toEqual(outcomeOf(caBundleBeforeUpgrade));
    const { report } = diagnosed;
    expect(report.findings[0]).toMatchObject({ since: '1.36', effects: [expect.stringContaining('from Kubernetes 1.36 on')] });
    expect(report.upgrade?.breaks).toEqual(['cabundle-not-signer']);
  });
});

/** kube-apiserver's manifest as kubeadm writes it with these arguments; the configuration stays in kubeadm.yaml on the node. */
async function manifestOf({ cp }: Lab, extraArgs: readonly object[]): Promise<string> {
  const [init, cluster] = kubeadmConfig(cp.version, cp).split('---\n');
  await cp.write('kubeadm.yaml', `${init}---\n${cluster}${stringify({ apiServer: { extraArgs } })}`);
  const before = await cp.manifest.read();
  await mustRun(cp, [cp.assets.kubeadm, ...'init phase control-plane apiserver --config /kubeadm.yaml --rootfs'.split(' '), cp.root]);
  const made = await cp.manifest.read();
  await cp.manifest.write(before);
  return made;
}
