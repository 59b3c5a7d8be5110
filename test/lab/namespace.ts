/** The runner's end of a lab namespace: opens it, speaks with its process 1, closes it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Answer, CommandName, Commands, Setup } from './protocol.ts';

export interface Namespace {
  /** Process id of process 1, as the host counts: for nsenter. */
  pid: number;
  /** Has process 1 do something. Fails with its error, or when it is gone. */
  send<N extends CommandName>(name: N, takes: Commands[N]['takes']): Promise<Commands[N]['answers']>;
  /** Ends it all, the lab's folder included. */
  close(): Promise<void>;
}

/** The checkout: tsx is found from here. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

const unshareFlags = '--net --mount --uts --pid --fork --kill-child --mount-proc --propagation private'.split(' ');

/** Opens pid, network, mount and uts namespaces; what process 1 has to complain about goes to `log`. */
export async function openNamespace(setup: Setup, log: string): Promise<Namespace> {
  const init = fileURLToPath(new URL('init.ts', import.meta.url));
  const argv = [...unshareFlags, process.execPath, '--import', 'tsx', init, JSON.stringify(setup)];
  // Detached: a Ctrl-C on the terminal ends the runner, whose closing pipe then ends the lab.
  const complaints = openSync(log, 'a');
  const unshare = spawn('unshare', argv, { cwd: checkout, stdio: ['pipe', 'pipe', complaints], detached: true });
  closeSync(complaints);
  const { stdin, stdout } = unshare as ChildProcessByStdio<Writable, Readable, null>;
  const pending = new Map<number, { resolve: (ok: unknown) => void; reject: (error: Error) => void }>();
  const answerTo = (id: number) => new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));

  const ready = answerTo(0);
  createInterface({ input: stdout }).on('line', (line) => {
    const answer = JSON.parse(line) as Answer;
    const waiting = pending.get(answer.id);
    pending.delete(answer.id);
    if ('error' in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.ok);
  });
  let gone = false;
  const closed = new Promise<void>((resolve) => {
    const end = (why: string) => {
      gone = true;
      for (const waiting of pending.values()) waiting.reject(new Error(`the lab's process 1 is gone: ${why}`));
      resolve();
    };
    unshare.once('error', (error) => end(error.message));
    unshare.once('close', () => end(existsSync(log) ? readFileSync(log, 'utf8').trim() : 'the lab was stopped'));
  });
  stdin.on('error', () => {}); // It is gone; whoever waits for it is told above.
  try {
    await ready;
  } catch (error) {
    stdin.end();
    throw error;
  }

  let last = 0;
  return {
    pid: Number(readFileSync(`/proc/${unshare.pid}/task/${unshare.pid}/children`, 'utf8')),
    async send<N extends CommandName>(name: N, takes: Commands[N]['takes']) {
      if (gone) throw new Error(`cannot ${name}: the lab has ended`);
      const id = ++last;
      const answer = answerTo(id);
      stdin.write(`${JSON.stringify({ id, do: name, with: takes })}\n`);
      return (await answer) as Commands[N]['answers'];
    },
    async close() {
      stdin.end();
      await closed;
    },
  };
}
