import { expect, test } from 'vitest';
import { readLastExit } from '../../../src/facts/apiserver/last-exit.ts';
import type { Ask, Observed } from '../../../src/model.ts';
import { cri, failed } from '../../signatures/exits.ts';
import { healthy } from '../../support/facts.ts';

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
