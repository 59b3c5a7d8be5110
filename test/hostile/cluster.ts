/** A cluster behind HTTP on the loopback interface, and aggctl as a process beside it: its output, its status and the memory that it took. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entry, node, type Ran, run } from '../cli/aggctl.ts';

interface Measured extends Ran {
  /** The most that was resident. */
  readonly mebibytes: number;
}

export interface Cluster {
  readonly port: number;
  /** Options: its kubeconfig, and a root that holds nothing. */
  readonly where: readonly string[];
  /** `limit`: a line of the shell that holds for the process, such as `ulimit -n 24`. */
  aggctl(args: readonly string[], limit?: string): Promise<Measured>;
  stop(): Promise<void>;
}

export async function startCluster(answer: RequestListener): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'aggctl-hostile-'));
  const server = createServer((request, response) => {
    response.on('error', () => {});
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cluster = `clusters: [{name: a, cluster: {server: "http://127.0.0.1:${port}"}}]`;
  await writeFile(join(folder, 'config'), `${cluster}\ncontexts: [{name: a, context: {cluster: a}}]\ncurrent-context: a\n`);
  await writeFile(
    join(folder, 'memory.mjs'),
    `import { writeFileSync } from 'node:fs';
     process.on('exit', () => writeFileSync(${JSON.stringify(join(folder, 'memory'))}, String(process.resourceUsage().maxRSS)));`,
  );
  return {
    port,
    where: ['--kubeconfig', join(folder, 'config'), '--root', folder],
    async aggctl(args, limit = ':') {
      const argv = [node, '--import', join(folder, 'memory.mjs'), entry, ...args];
      await rm(join(folder, 'memory'), { force: true });
      const ran = await run(['sh', '-c', `${limit}; exec "$@"`, 'sh', ...argv]);
      return { ...ran, mebibytes: Number(await readFile(join(folder, 'memory'), 'utf8')) / 1024 };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
