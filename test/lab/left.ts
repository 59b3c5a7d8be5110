/** What of a lab is still there after its end, for the tests that prove: nothing. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cgroupFolders, cgroupOf } from './cgroup.ts';
import { checkout } from './namespace.ts';

/** By what a lab's remains are known. */
export interface Traces {
  folder: string;
  /** Identities of process 1's namespaces, by kind. */
  namespaces: Record<string, string>;
}
type Place = { folder: string; namespace: { pid: number } };

const namespaceOf = (pid: string | number, kind: string) => {
  try {
    return readlinkSync(`/proc/${pid}/ns/${kind}`);
  } catch {
    return undefined; // It ended in the meantime.
  }
};

/** To be asked while the lab is up. */
export const labOf = ({ folder, namespace }: Place): Traces => ({
  folder,
  namespaces: Object.fromEntries(['net', 'mnt', 'pid', 'uts'].map((kind) => [kind, namespaceOf(namespace.pid, kind) ?? ''])),
});

/** Processes in its namespaces or cgroups, mounts, cgroups, its folder. Namespaces of pods end with their processes. */
export function leftOf({ folder, namespaces }: Traces): string[] {
  const cgroup = cgroupOf(folder);
  const left = [...(existsSync(folder) ? [folder] : []), ...cgroupFolders(cgroup)];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const [kind, id] of Object.entries(namespaces)) if (namespaceOf(pid, kind) === id) left.push(`process ${pid} in ${id}`);
  }
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8').split('\n');
  left.push(...mounts.filter((line) => line.includes(folder) || /\/etc\/kubernetes|\/var\/lib\/(kubelet|containerd)/.test(line)));
  return left;
}

/** A process that holds such a lab, and is to be killed. */
export async function startRunner(what: 'control-plane' | 'node'): Promise<{ runner: ChildProcess; pid: number; lab: Traces }> {
  const argv = ['--import', 'tsx', fileURLToPath(new URL('runner.ts', import.meta.url)), what];
  const runner = spawn(process.execPath, argv, { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: runner.stdout }), 'line')) as [string];
  const place = JSON.parse(line) as Place;
  return { runner, pid: place.namespace.pid, lab: labOf(place) };
}
