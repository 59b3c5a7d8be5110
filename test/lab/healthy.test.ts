import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { doctor, onNode, outcome } from './doctor.ts';
import { useControlPlane } from './fixture.ts';
import { startSampleApiserver } from './servers.ts';

const scenario = fileURLToPath(new URL('../scenarios/healthy-ecdsa/snapshot', import.meta.url));
const control = useControlPlane({ encryptionAlgorithm: 'ECDSA-P256' });

test('a cluster whose keys kubeadm made on ECDSA is healthy', async () => {
  await startSampleApiserver(control());
  const folder = `${control().folder}/record`;
  const diagnosed = await doctor(control(), ...onNode(control()), '--record', folder);
  expect(outcome(diagnosed)).toEqual({ first: undefined, ids: [], status: 0 });
  if (process.env.UPDATE) {
    await rm(scenario, { recursive: true, force: true });
    await cp(folder, scenario, { recursive: true });
  }
});
