/** Runs the built aggctl as its users do: as a process, with an environment of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** The Node binary that aggctl runs on: AGGCTL_TEST_NODE, else the one that runs the tests. */
export const node = process.env.AGGCTL_TEST_NODE || process.execPath;
export const entry = join(checkout, 'bin/aggctl.js');
/** What starts aggctl: the executable AGGCTL_BIN, else Node with the built script. */
export const program: readonly string[] = process.env.AGGCTL_BIN ? [resolve(checkout, process.env.AGGCTL_BIN)] : [node, entry];
export const scenario = (name: string): string => join(checkout, 'test/scenarios', `${name}.jsonl`);

/** A folder for one test; gone when that ends. Call it before anything else in the test waits. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aggctl-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A kubeconfig for a server on the loopback interface. */
export const kubeconfig = (port: number): string => `kind: Config
apiVersion: v1
clusters: [{ name: lab, cluster: { server: "https://127.0.0.1:${port}" } }]
users: [{ name: jane, user: {} }]
contexts: [{ name: lab, context: { cluster: lab, user: jane } }]
current-context: lab
`;

export interface Ran {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface Surroundings {
  /** The whole environment but for PATH and HOME, which is nowhere: no kubeconfig is found. */
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** The whole of stdin; the default is nothing. */
  readonly stdin?: string;
  /** Told of the process while it runs. */
  readonly meanwhile?: (child: ReturnType<typeof spawn>) => void;
}

/** Runs a program to its end. */
export function run(argv: readonly string[], { env = {}, cwd, stdin = '', meanwhile }: Surroundings = {}): Promise<Ran> {
  const [file = '', ...args] = argv;
  const surroundings = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env };
  const child = spawn(file, args, { env: surroundings, cwd: cwd ?? checkout, stdio: 'pipe' });
  // It may end before it has read all of it.
  child.stdin.on('error', () => {}).end(stdin);
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  meanwhile?.(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve({ status, signal, ...text }));
  });
}

export const aggctl = (args: readonly string[], surroundings?: Surroundings): Promise<Ran> => run([...program, ...args], surroundings);
