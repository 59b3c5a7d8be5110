/** The kube-apiserver of a lab without kubelet: a process, started as kubelet would, with the command in its manifest. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Api } from './api.ts';
import { assets, versions } from './assets.ts';
import type { Manifest } from './manifest.ts';
import { environment, type LabNode } from './node.ts';
import type { Exit } from './protocol.ts';
import { until } from './wait.ts';

export interface Apiserver {
  /** Starts it and waits for /readyz. Fails with the last lines of its log when it exits or is not ready within 60 s. */
  startApiserver(): Promise<void>;
  stopApiserver(): Promise<void>;
  /** Stops it, starts it from the manifest as it is now, waits for /readyz. */
  restartApiserver(): Promise<void>;
  /** For faults that kill it: restarts it and waits until it has exited. Fails when it becomes ready or lives for 60 s. */
  expectExit(): Promise<Exit & { log: string[] }>;
  /** What it wrote since its last start. */
  apiserverLog(): Promise<string[]>;
}

export function apiserverOf(node: LabNode, manifest: Manifest, api: Api): Apiserver {
  const log = join(node.folder, 'logs', 'kube-apiserver.log');
  const daemon = `kube-apiserver on ${node.name}`;
  // The log of all its lives is one file, kept on failure; this is where the last life begins.
  let begin = 0;
  const text = () => readFile(log, 'utf8').catch(() => '');
  const lines = async () => (await text()).slice(begin).split('\n').filter(Boolean);

  const launch = async () => {
    begin = (await text()).length;
    const uid = await manifest.runAsUser();
    const image = await manifest.imageVersion();
    const other = versions.find((version) => version === image && version !== node.assets.version);
    const program = other ? { KUBE_APISERVER: (await assets(other)).kubeApiserver } : {};
    const as = uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, '--regid=0', '--clear-groups'];
    await node.namespace.send('start', {
      name: daemon,
      argv: [...as, ...(await manifest.command())],
      env: { ...environment(node.folder), ...(await manifest.environment()), ...program },
      log,
    });
  };
  const exited = (milliseconds: number) => node.namespace.send('wait', { name: daemon, milliseconds });
  // A connection that a starting kube-apiserver accepted is sometimes never answered: ask again soon.
  const isReady = () =>
    api.request('/readyz', { milliseconds: 2_000 }).then(
      ({ status }) => status === 200,
      () => false,
    );

  const startApiserver = async () => {
    await launch();
    await until('kube-apiserver to be ready', 60_000, async () => {
      const exit = await exited(0);
      if (exit) throw new Error(`kube-apiserver exited with ${exit.status ?? exit.signal}:\n${(await lines()).slice(-5).join('\n')}`);
      return (await isReady()) || undefined;
    });
  };
  const stopApiserver = async () => {
    await node.namespace.send('stop', { name: daemon });
  };
  return {
    startApiserver,
    stopApiserver,
    apiserverLog: lines,
    async restartApiserver() {
      await stopApiserver();
      await startApiserver();
    },
    async expectExit() {
      await stopApiserver();
      await launch();
      const exit = await until('kube-apiserver to exit', 60_000, async () => {
        if (await isReady()) throw new Error('kube-apiserver was expected to exit, but became ready');
        return (await exited(100)) ?? undefined;
      });
      return { ...exit, log: (await lines()).slice(-5) };
    },
  };
}
