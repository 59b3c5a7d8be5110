/** The cgroup that holds those of a lab's pods. The kernel keeps a cgroup when its processes end, so the lab removes it. */
import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const top = '/sys/fs/cgroup';

/** Version 2 has one hierarchy, version 1 one for each controller. */
const hierarchies = () => (existsSync(join(top, 'cgroup.controllers')) ? [top] : readdirSync(top).map((name) => join(top, name)));

/** Its name, by the lab's folder. */
export const cgroupOf = (folder: string) => `aggctl-lab-${basename(folder)}`;

/** Every folder of the cgroup that exists, in whatever hierarchy. */
export const cgroupFolders = (name: string) => hierarchies().flatMap((hierarchy) => [join(hierarchy, name)].filter(existsSync));

/** In every hierarchy. */
export function makeCgroup(name: string): void {
  for (const hierarchy of hierarchies()) mkdirSync(join(hierarchy, name), { recursive: true });
}

/** With the cgroups in it, once their processes have ended; waits up to 5 s for that. */
export function removeCgroup(name: string): void {
  for (const folder of cgroupFolders(name)) removeTree(folder, Date.now() + 5_000);
}

function removeTree(folder: string, end: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) if (entry.isDirectory()) removeTree(join(folder, entry.name), end);
  for (;;) {
    try {
      rmdirSync(folder);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || Date.now() > end) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    }
  }
}
