/** The kube-apiserver of a whole node: kubelet runs it by its manifest, and tells what it does. */
import { existsSync } from 'node:fs';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, KubernetesObject } from './api.ts';
import type { Apiserver } from './apiserver.ts';
import type { Manifest } from './manifest.ts';
import type { LabNode } from './node.ts';
import { kubeletReadOnlyPort } from './node-config.ts';
import { until } from './wait.ts';

const patience = 90_000;

/** The static pod as kubelet has it. */
interface Seen {
  /** Kubelet makes it of the manifest's content. */
  uid: string;
  command: string[];
  running: boolean;
  /** How its container ended last. */
  ended: { status: number } | undefined;
}

export interface StaticApiserver extends Apiserver {
  /** Waits until kubelet runs the manifest as it is now, and kube-apiserver is ready: after an edit about 15 s, 10 of them kubelet's pause. */
  waitApplied(): Promise<void>;
}

export function staticApiserver(node: LabNode, manifest: Manifest, api: Api): StaticApiserver {
  const look = async (): Promise<Seen | undefined> => {
    const url = `http://127.0.0.1:${kubeletReadOnlyPort}/pods`;
    const { text } = await node.namespace.send('request', { url, milliseconds: 10_000 });
    const pods: KubernetesObject[] = JSON.parse(text).items ?? [];
    const pod = pods.find(({ metadata }) => metadata.name === `kube-apiserver-${node.name}`);
    const container = pod?.status?.containerStatuses?.[0];
    const ended = container?.state?.terminated ?? container?.lastState?.terminated;
    return (
      pod && {
        uid: pod.metadata.annotations['kubernetes.io/config.hash'],
        command: [...(pod.spec.containers[0].command ?? []), ...(pod.spec.containers[0].args ?? [])],
        running: container?.state?.running !== undefined,
        ended: ended && { status: ended.exitCode },
      }
    );
  };
  const hasRead = async (seen: Seen | undefined) => JSON.stringify(seen?.command) === JSON.stringify(await manifest.command());
  const isReady = () =>
    api.request('/readyz', { milliseconds: 2_000 }).then(
      ({ status }) => status === 200,
      () => false,
    );
  const held = join(node.folder, 'kube-apiserver.yaml');

  const stopApiserver = async () => {
    // A file that is gone before kubelet has read its last edit has it look away for 20 s.
    const reading = Date.now() + 3_000;
    while (!(await hasRead(await look())) && Date.now() < reading) await sleep(50);
    await rename(manifest.path, held);
    // Only then: kubelet lets a new static pod of the name wait for 10 s when the old one has not quite ended.
    await until('kubelet to clean up after kube-apiserver', patience, async () => {
      const pods = join(node.root, 'var/lib/kubelet/pods');
      const all = await readdir(pods);
      const left = all.some((uid) => existsSync(join(pods, uid, 'containers/kube-apiserver')));
      return left || (await look()) ? undefined : true;
    });
  };
  const waitApplied = () =>
    until('kube-apiserver to be ready with its manifest', patience, async () => {
      const seen = await look();
      return (seen?.running && (await hasRead(seen)) && (await isReady())) || undefined;
    }).then(() => undefined);
  const logOf = async ({ uid }: Seen) => {
    const folder = join(node.root, `var/log/pods/kube-system_kube-apiserver-${node.name}_${uid}/kube-apiserver`);
    const names = (await readdir(folder))
      .filter((name) => /^\d+\.log$/.test(name))
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.map((text) => text.split('\n').flatMap((line) => /^\S+ std(?:out|err) [FP] (.*)$/.exec(line)?.[1] || []));
  };

  /** The pod that kubelet makes of a manifest that comes back is a new one, whatever the manifest holds. */
  const renew = async () => {
    await stopApiserver();
    await rename(held, manifest.path);
  };

  return {
    waitApplied,
    async startApiserver() {
      if (existsSync(held)) await rename(held, manifest.path);
      await until('kubelet to answer', patience, () => look().then(Boolean, () => undefined));
      await waitApplied();
    },
    stopApiserver,
    async restartApiserver() {
      await renew();
      await waitApplied();
    },
    async expectExit() {
      await renew();
      return until('kube-apiserver to exit', patience, async () => {
        const seen = await look();
        if (seen?.running && (await isReady())) throw new Error('kube-apiserver was expected to exit, but became ready');
        if (!seen?.ended) return undefined;
        const ended = (await logOf(seen)).findLast((lines) => lines.length > 0) ?? [];
        return { status: seen.ended.status, signal: null, log: ended.slice(-5) };
      });
    },
    async apiserverLog() {
      const seen = await look();
      return seen ? ((await logOf(seen)).at(-1) ?? []) : [];
    },
  };
}
