/** Where labs live: one folder each under the system's temporary folder, marked with the process that owns it. */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cgroupOf, removeCgroup } from './cgroup.ts';
import { checkout } from './namespace.ts';

/** The folder of all labs. */
export const labs = join(tmpdir(), 'aggctl-lab');

/** Makes a lab's folder, after removing what labs of dead owners left (those whose process 1 was killed before it could clean up). */
export async function makeFolder(name: string): Promise<string> {
  await mkdir(labs, { recursive: true, mode: 0o700 });
  for (const left of await readdir(labs)) {
    const owner = await readFile(join(labs, left, 'owner'), 'utf8').catch(() => undefined);
    if (!owner || existsSync(`/proc/${owner}`)) continue;
    removeCgroup(cgroupOf(left));
    await rm(join(labs, left), { recursive: true, force: true });
  }
  const folder = await mkdtemp(join(labs, `${name}-`));
  await writeFile(join(folder, 'owner'), String(process.pid));
  await Promise.all(['root', 'logs', 'bin', 'home'].map((part) => mkdir(join(folder, part))));
  return folder;
}

/** Copies a lab's logs to `.lab/` of the checkout and returns where. They hold no key. */
export async function keepLogs(folder: string): Promise<string> {
  const kept = join(checkout, '.lab', `${new Date().toISOString().replaceAll(':', '')}-${folder.split('/').at(-1)}`);
  await cp(join(folder, 'logs'), kept, { recursive: true });
  const pods = join(folder, 'root/var/log/pods');
  if (existsSync(pods)) await cp(pods, join(kept, 'pods'), { recursive: true });
  return kept;
}
