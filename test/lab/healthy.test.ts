import { expect, test } from 'vitest';
import { doctor, onNode, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { nothing } from './faults/sound.ts';
import { useControlPlane } from './fixture.ts';
import { keptAsScenario } from './kept.ts';
import { startSampleApiserver } from './servers.ts';

const control = useControlPlane({ encryptionAlgorithm: 'ECDSA-P256' });

test('a cluster whose keys kubeadm made on ECDSA is healthy', async () => {
  await startSampleApiserver(control());
  const file = `${control().folder}/record.jsonl`;
  const diagnosed = await doctor(control(), ...onNode(control()), '--record', file, '--overwrite');
  expect(outcome(diagnosed)).toEqual(outcomeOf(nothing));
  await keptAsScenario('healthy-ecdsa', file);
});
