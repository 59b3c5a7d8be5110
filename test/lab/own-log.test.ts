/**
 * What the real sample-apiserver logs of each fault of the front-proxy certificate, and what aggctl makes of it from a laptop: read from its
 * pod on a whole node. Older versions, and control planes without mirror pods, have no such node: the recording is real but for the answer
 * to `pods/log`, into which the real log is put.
 *
 * @module-tag more
 */
import { cp as copy, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { locate } from '../../src/sources/layout.ts';
import { redactApi } from '../../src/sources/redact.ts';
import { versions } from './assets.ts';
import { deploySample } from './deploy-sample.ts';
import { doctor, onLaptop, outcome } from './doctor.ts';
import { ago, type Fault, type Lab, present, rejected, restartAndRewrite, unavailable } from './faults/fault.ts';
import { useControlPlane, useNode } from './fixture.ts';
import { issue } from './pki.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';

type Logged = Pick<Fault, 'name' | 'finds' | 'inject'>;
const presenting =
  (wanted: () => Parameters<typeof present>[1] | Promise<Parameters<typeof present>[1]>): Fault['inject'] =>
  async ({ cp }) => {
    await present(cp, await wanted());
    await unavailable(cp, '401');
  };
const faults: readonly Logged[] = [
  {
    name: 'logged-front-proxy-client-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    inject: presenting(() => ({ notBefore: ago(400), notAfter: ago(3) })),
  },
  {
    name: 'logged-front-proxy-client-not-yet-valid',
    finds: ['front-proxy-client-not-yet-valid', ...rejected],
    inject: presenting(() => ({ notBefore: ago(-1), notAfter: ago(-365) })),
  },
  {
    name: 'logged-front-proxy-client-without-clientauth',
    finds: ['front-proxy-client-without-clientauth', ...rejected],
    inject: presenting(() => ({ extendedKeyUsage: ['serverAuth'] })),
  },
  {
    name: 'logged-front-proxy-client-not-signed',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', ...rejected],
    inject: presenting(async () => ({ issuer: await issue({ commonName: 'another-ca', ca: true }) })),
  },
  {
    name: 'logged-allowed-names-exclude-cn',
    finds: ['allowed-names-exclude-cn', ...rejected],
    inject: presenting(() => ({ commonName: 'aggregator' })),
  },
];
/** Where there is a mirror pod, its flags tell this one; the log does where there is none. */
const withoutFlags: Logged = {
  name: 'logged-username-headers-missing',
  finds: ['configmap-requestheader-missing', ...rejected],
  async inject(lab) {
    await lab.cp.manifest.remove('requestheader-username-headers');
    await restartAndRewrite(lab);
    await unavailable(lab.cp, '401');
  },
};

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

/** Makes a recording a scenario of the unit tests. */
async function keep(folder: string, { name }: Logged): Promise<void> {
  const kept = fileURLToPath(new URL(`../scenarios/${name}/snapshot`, import.meta.url));
  await rm(kept, { recursive: true, force: true });
  await copy(folder, kept, { recursive: true });
}
const expected = ({ finds }: Logged) => ({ first: finds[0], ids: [...finds].sort(), status: 1 });

describe("the sample-apiserver's log, read from its pod", () => {
  const node = useNode();
  let lab: Lab;
  let sound: State;

  beforeAll(async () => {
    lab = { cp: node(), sample: await deploySample(node()) };
    sound = await lab.cp.snapshotState();
  });
  beforeEach(() => lab.cp.restore(sound, lab.sample));

  test.each(faults)('$name', async (fault) => {
    const records = await mkdtemp(join(tmpdir(), 'aggctl-records-'));
    const folder = join(records, fault.name);
    await fault.inject(lab);
    expect(outcome(await doctor(lab.cp, ...onLaptop(lab.cp), '--record', folder))).toEqual(expected(fault));
    expect(outcome(await doctor(lab.cp, '--snapshot', folder))).toEqual(expected(fault));
    if (process.env.UPDATE) await keep(folder, fault);
    await rm(records, { recursive: true });
  });
});

describe.each(versions)("the sample-apiserver's log, %s", (version) => {
  const control = useControlPlane({ version });

  const newest = version === versions[0];
  test.each(newest ? [withoutFlags] : faults.slice(0, 1))('$name', async (fault) => {
    const sample = await startSampleApiserver(control());
    const lab = { cp: control(), sample };
    const slice = structuredClone(sample.objects.endpointSlice);
    if (!slice) throw new Error('the sample server has no EndpointSlice');
    slice.endpoints[0].targetRef = { kind: 'Pod', namespace: 'wardle', name: 'sample-apiserver-0' };
    await lab.cp.apply(slice);
    await mkdir(lab.cp.path('usr'), { recursive: true });
    const folder = join(lab.cp.folder, fault.name);
    await fault.inject(lab);
    const without = await doctor(lab.cp, ...onLaptop(lab.cp), '--record', folder);
    // The pod is only a name here; that its log is not seen is said once, and makes nothing incomplete.
    expect(without.report.unavailable.filter(({ fact }) => fact === 'loggedRejection')).toMatchObject([{ why: 'excluded' }]);
    expect(without.status).toBe(1);

    const location = locate({ kind: 'api', method: 'GET', path: logPath });
    if (typeof location === 'string') throw new Error(location);
    const note = join(folder, ...location.note);
    const text = redactApi(logPath, stamped(await sample.log()));
    expect(text).toContain('Unable to authenticate the request');
    await mkdir(dirname(note), { recursive: true });
    await writeFile(note, `${JSON.stringify({ status: 200, contentType: 'text/plain', text }, null, 2)}\n`);
    const about = join(folder, 'snapshot.json');
    const source = `recorded on kube-apiserver ${version}, but for the answer to pods/log: the log of the real sample-apiserver of the same run`;
    const whole = { ...JSON.parse(await readFile(about, 'utf8')), origin: 'hand-made', source };
    await writeFile(about, `${JSON.stringify(whole, null, 2)}\n`);
    expect(outcome(await doctor(lab.cp, '--snapshot', folder))).toEqual(expected(fault));
    if (process.env.UPDATE && newest) await keep(folder, fault);
  });
});
