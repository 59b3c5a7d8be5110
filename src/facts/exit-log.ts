/** The log of kube-apiserver's containers on this node → why the newest of them ended. */
import { journalOf } from '../distributions/places.ts';
import type { Answer, Ask, Flags, LastExit, Observed } from '../model.ts';
import { exitText, kindsOfExit } from '../signatures/exits.ts';

const pods = '/var/log/pods';

/**
 * Asks wave by wave: the pods' folders, their containers' logs, and the newest log. null: there is none, or it tells of no exit.
 * The log of a service is not read: `excluded`.
 */
export async function lastExit(wave: (n: number) => Ask, node: string, flags: Flags): Promise<Observed<LastExit | null>> {
  const unit = journalOf(flags.origin);
  if (unit) return { ok: false, why: 'excluded', message: `why kube-apiserver exited; read its log with: journalctl -u ${unit}` };
  const texts = await newestLogs(wave);
  const latest = texts.sort((a, b) => b.mtime.localeCompare(a.mtime))[0];
  const text = latest && exitText(latest.text);
  return { ok: true, value: latest && text ? { at: { file: latest.path, node }, text, kinds: kindsOfExit(text, filesOf(flags)) } : null };
}

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

const frontProxyFiles = ['proxy-client-cert-file', 'proxy-client-key-file', 'requestheader-client-ca-file', 'client-ca-file'];
/** The files of the front proxy, by the paths that flags name. */
const filesOf = ({ byName }: Flags): readonly string[] => frontProxyFiles.flatMap((name) => byName[name]?.value || []);
