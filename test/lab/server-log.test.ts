/**
 * What the real sample-apiserver logs of each fault of the front-proxy certificate, and what aggctl makes of it from a laptop: read from its
 * pod on a whole node. Older versions, and control planes without mirror pods, have no such node: the recording is real but for the answer
 * to `pods/log`, into which the real log is put.
 *
 * @module-tag more
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { redactApi } from '../../src/sources/redact.ts';
import { versions } from './assets.ts';
import { deploySample } from './deploy-sample.ts';
import { doctor, onLaptop, outcome } from './doctor.ts';
import { type Lab, outcomeOf } from './faults/fault.ts';
import { loggedFaults, loggedWithoutFlags } from './faults/logged.ts';
import { useControlPlane, useNode } from './fixture.ts';
import { keptAsScenario } from './kept.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';

const logPath = '/api/v1/namespaces/wardle/pods/sample-apiserver-0/log?tailLines=200&timestamps=true';
/** As kubelet's `timestamps=true` shows it: klog's own time, in this lab's UTC, before each line. */
const stamped = (log: string) =>
  log
    .trimEnd()
    .split('\n')
    .slice(-40)
    .map((line) => {
      const [, month, day, time] = /^[IWEF](\d\d)(\d\d) ([\d:.]+)/.exec(line) ?? [];
      return month ? `${new Date().getUTCFullYear()}-${month}-${day}T${time}Z ${line}` : line;
    })
    .join('\n');

describe("the sample-apiserver's log, read from its pod", () => {
  const node = useNode();
  let lab: Lab;
  let sound: State;

  beforeAll(async () => {
    lab = { cp: node(), sample: await deploySample(node()) };
    sound = await lab.cp.snapshotState();
  });
  beforeEach(() => lab.cp.restore(sound, lab.sample));

  test.each(loggedFaults)('$name', async (fault) => {
    const records = await mkdtemp(join(tmpdir(), 'aggctl-records-'));
    const file = join(records, `${fault.name}.jsonl`);
    await fault.inject(lab);
    expect(outcome(await doctor(lab.cp, ...onLaptop(lab.cp), '--record', file, '--overwrite'))).toEqual(outcomeOf(fault));
    expect(outcome(await doctor(lab.cp, '--snapshot', file))).toEqual(outcomeOf(fault));
    await keptAsScenario(fault.name, file);
    await rm(records, { recursive: true });
  });
});

describe.each(versions)("the sample-apiserver's log, %s", (version) => {
  const control = useControlPlane({ version });

  const newest = version === versions[0];
  test.each(newest ? [loggedWithoutFlags] : loggedFaults.slice(0, 1))('$name', async (fault) => {
    const sample = await startSampleApiserver(control());
    const lab = { cp: control(), sample };
    const slice = structuredClone(sample.objects.endpointSlice);
    if (!slice) throw new Error('the sample server has no EndpointSlice');
    slice.endpoints[0].targetRef = { kind: 'Pod', namespace: 'wardle', name: 'sample-apiserver-0' };
    await lab.cp.apply(slice);
    await mkdir(lab.cp.path('usr'), { recursive: true });
    const file = join(lab.cp.folder, `${fault.name}.jsonl`);
    await fault.inject(lab);
    const without = await doctor(lab.cp, ...onLaptop(lab.cp), '--record', file, '--overwrite');
    // The pod is only a name here; that its log is not seen is said once, and makes nothing incomplete.
    expect(without.report.unavailable.filter(({ fact }) => fact === 'loggedRejection')).toMatchObject([{ why: 'excluded' }]);
    expect(without.status).toBe(1);

    const text = redactApi(logPath, stamped(await sample.log()));
    expect(text).toContain('Unable to authenticate the request');
    // By hand: without the closing line of the recording.
    const [header = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n').slice(0, -1);
    const source = `recorded on kube-apiserver ${version}, but for the answer to pods/log: the log of the real sample-apiserver of the same run`;
    const logged = { kind: 'api', path: logPath, answer: { status: 200, contentType: 'text/plain', text } };
    const others = lines.filter((line) => JSON.parse(line).path !== logPath);
    const whole = [JSON.stringify({ ...JSON.parse(header), origin: 'hand-made', source }), ...others, JSON.stringify(logged)];
    await writeFile(file, `${whole.join('\n')}\n`);
    expect(outcome(await doctor(lab.cp, '--snapshot', file))).toEqual(outcomeOf(fault));
    if (newest) await keptAsScenario(fault.name, file);
  });
});
