/**
 * The printed fix of every fault that has commands, pasted as it stands: the API works again, the report is clean, and nothing else was changed.
 *
 * @module-tag more
 */
import { appendFileSync } from 'node:fs';
import { beforeAll, beforeEach, test } from 'vitest';
import { doctor, idsOf, onNode } from './doctor.ts';
import { faults, type Lab } from './faults/index.ts';
import { useControlPlane } from './fixture.ts';
import { notPasted, onlyLooks, paste } from './paste.ts';
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
const log = (row: object) => appendFileSync('/tmp/prescriptions.jsonl', `${JSON.stringify(row)}\n`);

test.each(
  faults
    .filter(({ finds, fromLaptop, manifest }) => finds.length > 0 && !fromLaptop && !manifest)
    .map((fault) => [fault.name, fault] as const),
)('%s', { timeout: 180_000, retry: 0 }, async (name, fault) => {
  const { cp, sample } = lab;
  await fault.inject(lab);
  const rounds: object[] = [];
  for (let round = 0; round < 3; round++) {
    const { report } = await doctor(cp, ...onNode(cp));
    const [first] = report.findings.filter(({ severity }) => severity !== 'info');
    if (!first) {
      log({ name, healed: true, left: idsOf(report), rounds });
      await fault.undo?.(lab);
      return;
    }
    const { commands } = first.fix;
    const why = commands.length === 0 ? 'no commands' : onlyLooks(commands) ? 'only looks' : notPasted(commands, {});
    if (why) {
      log({ name, id: first.id, healed: false, why, rounds, commands, text: first.fix.text, ids: idsOf(report) });
      await fault.undo?.(lab);
      return;
    }
    const before = await cp.snapshotState().catch(() => null);
    const done = await paste(cp, commands).catch((error: Error) => ({ status: -1, stderr: error.message, script: '' }));
    const alive = await cp.request('/readyz').then(
      ({ status }) => status === 200,
      () => false,
    );
    const restarted = await cp.restartApiserver().then(
      () => true,
      (error: Error) => error.message.slice(0, 300),
    );
    const served = await cp.waitServed(sample.apiService).then(
      () => true,
      (error: Error) => error.message.slice(0, 200),
    );
    const after = await cp.snapshotState().catch(() => null);
    const changed =
      before && after
        ? [...new Set([...before.files.keys(), ...after.files.keys()])].filter(
            (f) => !before.files.get(f)?.content.equals(after.files.get(f)?.content ?? Buffer.from('\0')),
          )
        : null;
    rounds.push({ id: first.id, ids: idsOf(report), commands, done, alive, restarted, served, changed });
    if (done.status !== 0) break;
  }
  const { report } = await doctor(cp, ...onNode(cp));
  log({ name, healed: report.findings.every(({ severity }) => severity === 'info'), left: idsOf(report), rounds });
  await fault.undo?.(lab);
});
