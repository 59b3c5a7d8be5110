/**
 * The printed fix of every fault, pasted as it stands: it heals, what is left is named by the next report, and nothing changes but what its
 * commands name.
 *
 * @module-tag more
 */
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { doctor, onNode } from './doctor.ts';
import { faults } from './faults/index.ts';
import { useSample } from './fixture.ts';
import { notPasted, onlyLooks, paste } from './paste.ts';
import { unpasted } from './prescriptions.ts';
import { differences } from './state.ts';

const lab = useSample();

/** Some causes are named only when others are gone. */
const mostRounds = 3;
const found = faults.filter(({ finds, fromLaptop, manifest }) => finds.length > 0 && !fromLaptop && !manifest).map(({ name }) => name);

test.each(found)('%s', { timeout: 240_000 }, async (name) => {
  const fault = faults.find((one) => one.name === name);
  await fault?.inject(lab());
  const done: object[] = [];
  const reason = await repair(done);
  await fault?.undo?.(lab());
  expect(reason, JSON.stringify(done, null, 1)).toBe(unpasted[name] ?? null);
});

/** Pastes the first fix until the report is clean. Gives why it ends before; null: the cluster is healed. */
async function repair(done: object[]): Promise<string | null> {
  const { cp, sample } = lab();
  for (let round = 0; ; round += 1) {
    const { report } = await doctor(cp, ...onNode(cp));
    const [first] = report.findings.filter(({ severity }) => severity !== 'info');
    if (!first) return null;
    if (round === mostRounds) return `${first.id} is left`;
    const { commands } = first.fix;
    done.push({ id: first.id, commands });
    if (commands.length === 0) return 'no commands';
    if (onlyLooks(commands)) return 'only looks';
    const why = notPasted(commands, {});
    if (why) return why;
    const isAlive = () =>
      cp.request('/readyz').then(
        ({ status }) => status === 200,
        () => false,
      );
    const before = (await isAlive()) ? await cp.snapshotState() : null;
    const { status, stderr, script } = await paste(cp, commands);
    if (status !== 0) return `exit status ${status} of ${script}: ${stderr}`;
    const after = before && (await isAlive()) ? await cp.snapshotState() : null;
    const changed = before && after ? differences(before, after).filter((path) => !isNamed(path, commands.join('\n'))) : [];
    if (changed.length > 0) return `changed ${changed.join()}`;
    // kubelet does it when a manifest changes, and a person where a fix says so.
    await cp.restartApiserver();
    await cp.waitServed(sample.apiService).catch(() => done.push({ notServed: first.id }));
  }
}

/** Whether commands name a file or an object; a copy of a file has more behind its name. kube-apiserver writes its ConfigMap itself. */
function isNamed(path: string, commands: string): boolean {
  const [stem = ''] = path.startsWith('/') ? [basename(path)] : basename(path).split('.');
  return commands.includes(stem) || path.endsWith('/extension-apiserver-authentication');
}
