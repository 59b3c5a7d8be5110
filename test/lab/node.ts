/** One node of a lab: its namespace, its root folder, and programs run on it. */
import type { Assets } from './assets.ts';
import type { Node } from './kubeadm.ts';
import { checkout, type Namespace } from './namespace.ts';
import type { Finished } from './protocol.ts';

/** What every part of a lab works on. */
export interface LabNode extends Node {
  assets: Assets;
  /** The lab's own folder on the host; all of it goes when the lab ends. */
  folder: string;
  /** The node's root folder, what `aggctl --root` takes. */
  root: string;
  namespace: Namespace;
  /** Whether kube-controller-manager runs: it makes EndpointSlices and Pods, and finishes namespaces. */
  controllers: boolean;
}

export interface RunOptions {
  /** Added to the environment; a program sees none of the runner's but PATH. */
  env?: Record<string, string>;
  /** The checkout, when not given. */
  cwd?: string;
  input?: string;
  /** Killed after this long; 120 000 when not given. */
  milliseconds?: number;
}

/** The environment of every program on the node: the lab's programs first in PATH, a home folder of its own, no KUBECONFIG. */
export const environment = (folder: string): Record<string, string> => ({
  PATH: `${folder}/bin:${process.env.PATH}`,
  HOME: `${folder}/home`,
});

/** Runs a program on the node to its end, as root. Its exit status is for the caller to judge. */
export function run({ namespace, folder }: LabNode, argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const { env = {}, cwd = checkout, input = '', milliseconds = 120_000 } = options;
  return namespace.send('run', { argv, env: { ...environment(folder), ...env }, cwd, input, milliseconds });
}

/** Like `run`, for programs that must succeed. Returns stdout; fails with stderr. */
export async function mustRun(node: LabNode, argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { status, signal, stdout, stderr } = await run(node, argv, options);
  if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status ?? signal}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}
