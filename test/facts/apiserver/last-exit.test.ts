import { expect, test } from 'vitest';
import { readLastExit } from '../../../src/facts/apiserver/last-exit.ts';
import type { Ask, Observed } from '../../../src/model.ts';
import { exitText } from '../../../src/signatures/exits.ts';
import { healthy } from '../../support/facts.ts';

const cri = (line: string) => `2026-11-23T10:12:00.123456789Z stderr F ${line}\n`;
const failed = (text: string) => `E1123 10:12:00.123456       1 run.go:72] "command failed" err=${text}`;

test.each([
  ['a process that goes on', cri('I1123 10:12:00.123456       1 controller.go:1] Started'), null],
  ['nothing', '', null],
  ['component-base', cri(failed('"empty value in \\"requestheader-allowed-names\\""')), 'empty value in "requestheader-allowed-names"'],
  ['component-base, of several lines', cri(failed('<')), '<'],
  ['cobra', cri('Error: unknown flag: --nope'), 'unknown flag: --nope'],
  ['a panic', `${cri('panic: runtime error')}${cri('goroutine 1 [running]:')}`, 'panic: runtime error'],
  ['a fatal line of klog', cri('F1123 10:12:00.123456       1 main.go:1] no etcd'), 'no etcd'],
  ['Docker', `${JSON.stringify({ log: 'Error: unknown flag: --nope\n', stream: 'stderr' })}\n`, 'unknown flag: --nope'],
  ['the last of two', cri('Error: one') + cri('Error: two'), 'two'],
])('%s', (_, log, text) => {
  expect(exitText(log)).toBe(text);
});

/** A node whose logs are these: path → text and time. */
const node = (logs: Readonly<Record<string, readonly [text: string, mtime: string]>>): (() => Ask) => {
  const ask = async ({ kind, path = '' }: { kind: string; path?: string }): Promise<Observed<unknown>> => {
    if (kind === 'file') {
      const [text, mtime] = logs[path] ?? ['', ''];
      return { ok: true, value: { is: 'text', text, mtime, mode: '0640', uid: 0, gid: 0 } };
    }
    const inside = Object.keys(logs).filter((log) => log.startsWith(`${path}/`));
    const entries = [...new Set(inside.map((log) => log.slice(path.length + 1).split('/')[0] as string))];
    return { ok: true, value: entries.length > 0 ? { is: 'directory', entries } : { is: 'absent' } };
  };
  return () => ask as Ask;
};
const pod = (id: string) => `/var/log/pods/kube-system_kube-apiserver-cp-1_${id}/kube-apiserver`;
const read = async (logs: Parameters<typeof node>[0]) => readLastExit(node(logs), 'cp-1', healthy.flags);

test('of several containers and pods the newest log is read, by its number and its time', async () => {
  const found = await read({
    [`${pod('a')}/9.log`]: [cri('Error: the pod before'), '2026-11-23T09:00:00.000Z'],
    [`${pod('b')}/2.log`]: [cri('Error: the container before'), '2026-11-23T10:00:00.000Z'],
    [`${pod('b')}/10.log`]: [cri('Error: unknown flag: --x'), '2026-11-23T10:01:00.000Z'],
    '/var/log/pods/kube-system_etcd-cp-1_c/etcd/0.log': [cri('Error: etcd'), '2026-11-23T11:00:00.000Z'],
  });
  expect(found).toMatchObject({
    value: { at: { file: `${pod('b')}/10.log` }, text: 'unknown flag: --x', kinds: ['exits-by-unknown-flag'] },
  });
});

test('there is no log', async () => {
  expect(await read({})).toEqual({ ok: true, value: null });
});

test('a file that is missing is the front proxy’s only by its path', async () => {
  const kinds = async (path: string) => {
    const found = await read({ [`${pod('a')}/0.log`]: [cri(failed(`"open ${path}: no such file or directory"`)), ''] });
    return found.ok && found.value?.kinds;
  };
  expect(await kinds('/etc/kubernetes/pki/front-proxy-client.crt')).toEqual(['exits-by-absent-file']);
  expect(await kinds('/etc/kubernetes/pki/etcd/ca.crt')).toEqual([]);
});

test('the log of a service is in the journal, which is not read', async () => {
  const found = await readLastExit(node({}), 'cp-1', { ...healthy.flags, origin: 'systemd unit' });
  expect(found).toMatchObject({ ok: false, why: 'excluded', message: expect.stringContaining('journalctl -u kube-apiserver') });
});
