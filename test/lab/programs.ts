/** The programs that process 1 of a lab runs: daemons by name, and commands to their end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Commands, Exit, Finished } from './protocol.ts';

/** kube-apiserver goes on for a minute while somebody watches; after the grace a lab treats it like a crash. */
const graceMilliseconds = 500;
const daemons = new Map<string, { process: ChildProcess; exit: Promise<Exit> }>();

/** Fails when the program cannot be executed at all; one that ends at once is found by `wait`. */
async function start({ name, argv, env, log }: Commands['start']['takes']): Promise<{ pid: number }> {
  const [file = '', ...args] = argv;
  const out = openSync(log, 'a');
  const child = spawn(file, args, { env, stdio: ['ignore', out, out], detached: true });
  const exit = new Promise<Exit>((resolve) => child.once('exit', (status, signal) => resolve({ status, signal })));
  closeSync(out);
  await once(child, 'spawn');
  daemons.set(name, { process: child, exit });
  return { pid: child.pid ?? 0 };
}

/** Null when it still runs after `milliseconds`. */
async function wait({ name, milliseconds }: Commands['wait']['takes']): Promise<Exit | null> {
  const daemon = daemons.get(name);
  if (!daemon) throw new Error(`no daemon ${name} was started`);
  const timer = new AbortController();
  const late = sleep(milliseconds, null, { signal: timer.signal }).catch(() => null);
  const exit = await Promise.race([daemon.exit, late]);
  timer.abort();
  return exit;
}

/** SIGTERM, and SIGKILL after half a second. Null when it was never started. */
async function stop({ name }: Commands['stop']['takes']): Promise<Exit | null> {
  const daemon = daemons.get(name);
  if (!daemon) return null;
  daemon.process.kill('SIGTERM');
  if (!(await wait({ name, milliseconds: graceMilliseconds }))) daemon.process.kill('SIGKILL');
  daemons.delete(name);
  return daemon.exit;
}

async function run({ argv, env, cwd, input, milliseconds }: Commands['run']['takes']): Promise<Finished> {
  const [file = '', ...args] = argv;
  // Detached: a process group of its own, so that a time-out ends its children too.
  const child = spawn(file, args, { env, cwd, stdio: 'pipe', detached: true });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  // A program that ends without reading its input is no trouble.
  child.stdin.on('error', () => {});
  await once(child, 'spawn');
  child.stdin.end(input);
  const timer = setTimeout(() => process.kill(-(child.pid ?? 0), 'SIGKILL'), milliseconds);
  const [status, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { status, signal, ...output };
}

export const programs = { start, stop, wait, run };
