import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { faults, type Lab } from './faults.ts';
import { useControlPlane } from './fixture.ts';
import { checkout } from './namespace.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));
const aggctl = join(checkout, 'bin/aggctl.js');

/** Every id of a report, the symptoms behind their cause. */
const idsOf = (report: Report) => report.findings.flatMap(({ id, symptoms }) => [id, ...symptoms.map((symptom) => symptom.id)]);

describe('on a real kube-apiserver 1.37.2', () => {
  const control = useControlPlane();
  let lab: Lab;
  let sound: State;
  let records: string;

  beforeAll(async () => {
    lab = { cp: control(), sample: await startSampleApiserver(control()) };
    sound = await lab.cp.snapshotState();
    records = await mkdtemp(join(tmpdir(), 'aggctl-records-'));
  });
  afterAll(() => rm(records, { recursive: true, force: true }));
  beforeEach(async () => {
    await lab.cp.restore(sound, lab.sample);
    await lab.cp.kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', '--all');
    await lab.cp.waitServed(lab.sample.apiService);
  });

  const doctor = async (...options: string[]) => {
    const node = ['--root', lab.cp.root, '--kubeconfig', lab.cp.kubeconfig.admin];
    const { stdout, stderr, status } = await lab.cp.run([process.execPath, aggctl, 'doctor', '-o', 'json', ...node, ...options]);
    if (!stdout) throw new Error(`aggctl doctor printed nothing, exit status ${status}: ${stderr}`);
    return { report: JSON.parse(stdout) as Report, status, stderr };
  };

  /** The recording replays to the same report; UPDATE=1 makes it a scenario of the unit tests. */
  const keep = async (name: string, live: Report) => {
    const folder = join(records, name);
    const { stdout } = await lab.cp.run([process.execPath, aggctl, 'doctor', '-o', 'json', '--snapshot', folder]);
    expect({ ...JSON.parse(stdout), source: 'live' }).toEqual(live);
    if (!process.env.UPDATE) return;
    await rm(join(scenarios, name, 'snapshot'), { recursive: true, force: true });
    await cp(folder, join(scenarios, name, 'snapshot'), { recursive: true });
  };

  test('healthy', async () => {
    const { report, status, stderr } = await doctor('--record', join(records, 'healthy'));
    expect({ ids: idsOf(report), unavailable: report.unavailable, status, stderr }).toEqual({
      ids: [],
      unavailable: [],
      status: 0,
      stderr: '',
    });
    await keep('healthy', report);
  });

  test.each(faults)('$name', async ({ name, inject, finds, status: expected }) => {
    await inject(lab);
    const { report, status } = await doctor('--record', join(records, name));
    const ids = idsOf(report);
    expect({ first: ids[0], ids: [...ids].sort(), status }).toEqual({ first: finds[0], ids: [...finds].sort(), status: expected });
    await keep(name, report);
  });
});
