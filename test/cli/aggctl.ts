/** Runs the built aggctl as its users do: with arguments, an environment and a folder of its own. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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

const ownEnv = () => ({ PATH: process.env.PATH ?? '', HOME: '/nonexistent' });
/** Runs a program to its end. */
export function run(argv: readonly string[], { env = {}, cwd, stdin = '', meanwhile }: Surroundings = {}): Promise<Ran> {
  const [file = '', ...args] = argv;
  const child = spawn(file, args, { env: { ...ownEnv(), ...env }, cwd: cwd ?? checkout, stdio: 'pipe' });
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

let warm: ChildProcess | undefined;
let running: Promise<unknown> = Promise.resolve();
/** Runs a command line in a process that stays for the next ones, unless one does not end. */
function runWarm(args: readonly string[], { env = {}, cwd = checkout }: Surroundings): Promise<Ran> {
  const ran = running.then(async () => {
    warm ??= fork(join(checkout, 'test/cli/warm.mjs'), [entry, pathToFileURL(join(checkout, 'dist/cli.js')).href], {
      execArgv: [],
      // Not the terminal of who runs the tests.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const result = once(warm, 'message', { signal: AbortSignal.timeout(60_000) });
    warm.send({ args, env: { ...ownEnv(), ...env }, cwd });
    return (await result)[0] as Ran;
  });
  running = ran.catch(() => {
    warm?.kill();
    warm = undefined;
  });
  return ran;
}

/**
 * Runs aggctl to its end. It has a process of its own when somebody watches or feeds it, and when it is the process that is tested: as an
 * executable, or on another Node.
 */
export const aggctl = (args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> =>
  surroundings.meanwhile || surroundings.stdin !== undefined || process.env.AGGCTL_BIN || process.env.AGGCTL_TEST_NODE
    ? run([...program, ...args], surroundings)
    : runWarm(args, surroundings);
