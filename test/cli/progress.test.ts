/** Progress on a terminal, which `script` of util-linux provides: both streams are one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyFolder, kubeconfig, program, type Ran, run } from './aggctl.ts';

/** A server that accepts connections and never answers, and the options that lead to it alone. */
async function silent(): Promise<{ readonly port: number; readonly options: readonly string[]; readonly folder: string }> {
  const folder = emptyFolder();
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  onTestFinished(() => void server.close());
  const port = await new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
  mkdirSync(join(folder, 'root'));
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig(port));
  return { port, folder, options: ['--root', join(folder, 'root'), '--kubeconfig', join(folder, 'kubeconfig'), '--request-timeout', '3s'] };
}

const line = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');
const onTerminal = (command: string, env: Record<string, string> = {}): Promise<Ran> =>
  run(['script', '--quiet', '--return', '--echo', 'never', '--command', command, '/dev/null'], { env: { TERM: 'xterm', ...env } });

const erase = '\r\x1b[K';
const doctor = (options: readonly string[]) => line([...program, 'doctor', ...options]);

test('each second it says what it waits for, and is gone before the report', async () => {
  const { port, options } = await silent();
  const began = performance.now();
  const { status, stdout } = await onTerminal(doctor(options));
  expect(status).toBe(3);
  // It ends with the last answer.
  expect(performance.now() - began).toBeLessThan(3000 + 5000);
  const waits = stdout.split(erase).filter((text) => text.startsWith('waiting for '));
  for (const second of [1, 2]) expect(waits.join('\n')).toMatch(new RegExp(`waiting for .*127\\.0\\.0\\.1.*${port}.*, ${second}s of 3s`));
  const report = stdout.slice(stdout.lastIndexOf(erase) + erase.length);
  expect(report).toMatch(/^\S*✗ Cannot reach kube-apiserver: /);
  expect(report).toMatch(/ exit 3\S*\r\n$/);
});

test('with -q, in a pipe, on a dumb terminal and among JSON lines it says nothing', async () => {
  const { options, folder } = await silent();
  const piped = `${doctor(options)} 2>'${folder}/stderr'; cat '${folder}/stderr'`;
  const [quiet, pipe, dumb, lines] = await Promise.all([
    onTerminal(doctor([...options, '-q'])),
    onTerminal(piped),
    onTerminal(doctor(options), { TERM: 'dumb' }),
    onTerminal(doctor([...options, '-o', 'jsonl'])),
  ]);
  for (const ran of [quiet, pipe, dumb, lines]) {
    expect(ran?.stdout).toContain('did not complete a');
    expect(ran?.stdout).not.toContain('waiting for');
    expect(ran?.stdout).not.toContain(erase);
  }
});

test('a credential plugin that asks has the terminal for itself; of another it is said that it is waited for', async () => {
  const { port, options, folder } = await silent();
  // Its name is shown, never obeyed.
  const plugin = join(folder, 'plug\x1b[31min');
  const credential = '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}';
  writeFileSync(plugin, `#!/bin/sh\nprintf 'Password: ' >&2\nsleep 2.5\necho '${credential}'\n`, { mode: 0o755 });
  const withPlugin = async (interactiveMode: string) => {
    const exec = JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', command: plugin, interactiveMode });
    const file = join(folder, interactiveMode);
    writeFileSync(file, kubeconfig(port).replace('user: {}', `user: { exec: ${exec} }`));
    return (await onTerminal(doctor([...options, '--kubeconfig', file]))).stdout;
  };
  const [asked, waiting] = await Promise.all([withPlugin('IfAvailable'), withPlugin('Never')]);
  const [, asking = ''] = asked.split(`${erase}Password: `);
  // What follows the prompt, once the plugin has ended.
  expect(asking).toMatch(/^waiting for https:\S+, [12]s of 3s/);
  expect(waiting).toMatch(/waiting for the credential plugin plug\\x1b\[31min, [12]s of 60s/);
  expect(waiting).not.toContain('plug\x1b');
});
