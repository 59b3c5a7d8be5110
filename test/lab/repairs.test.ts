/**
 * The commands of a fix, pasted as they are printed, repair what was found.
 *
 * @module-tag more
 */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { doctor, idsOf, onNode } from './doctor.ts';
import { faults, type Lab } from './faults/index.ts';
import { useControlPlane } from './fixture.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';

const control = useControlPlane();
let lab: Lab;
let sound: State;

beforeAll(async () => {
  lab = { cp: control(), sample: await startSampleApiserver(control()) };
  sound = await lab.cp.snapshotState();
});
beforeEach(async () => {
  await lab.cp.restore(sound, lab.sample);
  await lab.cp.waitServed(lab.sample.apiService);
});

/** Runs the commands on the node. What they put into root's home goes to a folder of the lab. */
async function paste(commands: readonly string[]): Promise<void> {
  const { cp } = lab;
  const script = commands.join('\n').replaceAll('/root/', `${cp.folder}/`);
  const { status, stderr } = await cp.run(['sh', '-e', '-c', `export KUBECONFIG=${cp.kubeconfig.superAdmin}\n${script}`]);
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
}

test.each([
  ['front-proxy-client-wrong-identity', []],
  ['front-proxy-client-signature-insecure', []],
  ['front-proxy-client-key-weak', []],
  ['front-proxy-key-not-private', []],
  ['proxy-client-chain-not-leaf-first', []],
  // The CA certificate without its bits stays in the ConfigMap, and harms nobody.
  ['requestheader-ca-cannot-sign', ['configmap-entries-stale']],
  ['configmap-value-unusable', []],
  ['configmap-value-unusable-ca', []],
])('%s', async (name, left) => {
  const { cp, sample } = lab;
  await faults.find((fault) => fault.name === name)?.inject(lab);
  const { report } = await doctor(cp, ...onNode(cp));
  expect(idsOf(report)[0]).toBe(name.replace(/-ca$/, ''));
  await paste(report.findings[0]?.fix.commands ?? []);
  const alive = await cp.request('/readyz').then(
    ({ status }) => status === 200,
    () => false,
  );
  if (!alive) await cp.restartApiserver();
  await cp.waitServed(sample.apiService);
  expect(idsOf((await doctor(cp, ...onNode(cp))).report)).toEqual(left);
});
