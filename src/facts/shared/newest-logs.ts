/** The logs of kube-apiserver's containers on this node. */
import type { Answer, Ask, Observed } from '../../model.ts';

const pods = '/var/log/pods';

/** The end of the newest log of each pod of kube-apiserver on this node. Asks in the waves 1 to 3. */
export async function newestLogs(wave: (n: number) => Ask) {
  const folders = await wave(1)({ kind: 'dir', path: pods });
  const own = entries(folders).filter((name) => /^kube-system_kube-apiserver-[^_]*_[^_]*$/.test(name));
  const listed = await Promise.all(
    own.map(async (name) => ({
      path: `${pods}/${name}/kube-apiserver`,
      logs: await wave(2)({ kind: 'dir', path: `${pods}/${name}/kube-apiserver` }),
    })),
  );
  const newest = listed.flatMap(({ path, logs }) => {
    const last = entries(logs)
      .filter((name) => /^\d+\.log$/.test(name))
      .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0];
    return last ? [`${path}/${last}`] : [];
  });
  const read = await Promise.all(newest.map(async (path) => ({ path, log: await wave(3)({ kind: 'file', path }) })));
  return read.flatMap(({ path, log }) => (log.ok && log.value.is === 'text' ? [{ path, ...log.value }] : []));
}

const entries = (answer: Observed<Answer['dir']>): readonly string[] =>
  answer.ok && answer.value.is === 'directory' ? answer.value.entries : [];
