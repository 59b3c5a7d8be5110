/** @module-tag more */
import { mkdir } from 'node:fs/promises';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { doctor, idsOf, onNode } from './doctor.ts';
import { type Fault, faults, type Lab } from './faults/index.ts';
import { useControlPlane } from './fixture.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';

/** Faults that have nothing to do with each other, in an order in which both can be injected. */
const pairs = [
  ['rights-granted-to-front-proxy', 'front-proxy-client-expired'],
  ['front-proxy-key-not-private', 'cabundle-not-signer'],
  ['group-headers-missing', 'extension-server-down'],
  ['redirects-not-rejected', 'front-proxy-client-not-yet-valid'],
  ['extra-headers-prefix-missing', 'front-proxy-client-without-clientauth'],
  ['configmap-entries-not-from-kube-apiserver', 'no-proxy-without-services'],
  ['front-proxy-client-expired', 'cabundle-not-signer'],
  ['username-headers-missing', 'front-proxy-client-expired'],
  ['repeated-ca-file', 'extension-server-down'],
  ['manifest-not-alone', 'front-proxy-client-signature-insecure'],
  ['group-headers-missing', 'front-proxy-client-wrong-identity'],
  ['front-proxy-client-not-signed-same-name', 'extension-server-down'],
] as const;
const fault = (name: string): Fault => {
  const found = faults.find((one) => one.name === name);
  if (!found) throw new Error(`no fault is named ${name}`);
  return found;
};

const control = useControlPlane({ version: '1.37.2' });
let lab: Lab;
let sound: State;

beforeAll(async () => {
  lab = { cp: control(), sample: await startSampleApiserver(control()) };
  sound = await lab.cp.snapshotState();
  await mkdir(lab.cp.path('usr'), { recursive: true });
});
beforeEach(async () => {
  await lab.cp.restore(sound, lab.sample);
  await lab.cp.waitServed(lab.sample.apiService);
});

test.each(pairs)('%s and %s: both are causes, and nothing else is', async (...names) => {
  const both = names.map(fault);
  for (const { inject } of both) await inject(lab);
  const { report } = await doctor(lab.cp, ...onNode(lab.cp));
  for (const { undo } of [...both].reverse()) await undo?.(lab);
  const causes = both.map(({ finds }) => finds[0]);
  expect(
    report.findings.map(({ id }) => id),
    JSON.stringify(report.findings, null, 1),
  ).toEqual(expect.arrayContaining(causes));
  // One fault may keep the other's symptoms from showing.
  expect(idsOf(report).filter((id) => !both.some(({ finds }) => finds.includes(id)))).toEqual([]);
});
