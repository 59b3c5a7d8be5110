import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demos } from '../../src/commands/open-source.ts';
import { aggctl, emptyFolder, kubeconfig, program, run, scenario } from './aggctl.ts';

const doctor = (name: string, ...options: string[]) => aggctl(['doctor', '--snapshot', scenario(name), ...options]);

/** Options that look at nothing but the server: an empty root folder, and a kubeconfig. */
function onlyServer(port: number): string[] {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'root'));
  writeFileSync(join(folder, 'kubeconfig'), kubeconfig(port));
  return ['--root', join(folder, 'root'), '--kubeconfig', join(folder, 'kubeconfig')];
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));

/** A port that nobody listens on: one that was just given back. */
async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that takes connections and never says a word; `met` when the first has come. */
async function silentServer(): Promise<{ port: number; met: Promise<unknown> }> {
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  onTestFinished(() => void server.close());
  return { port: await listen(server), met: once(server, 'connection') };
}

describe('exit status', () => {
  test.concurrent.each([
    ['healthy', [], 0],
    ['front-proxy-client-expired', [], 1],
    ['front-proxy-client-expired', ['--fail-on', 'never'], 0],
    ['front-proxy-client-expires-soon', [], 0],
    ['front-proxy-client-expires-soon', ['--fail-on', 'warning'], 1],
    ['front-proxy-client-expires-soon', ['--fail-on', 'info'], 1],
    ['front-proxy-client-expires-soon', ['--fail-within', '36500d'], 1],
    ['apiservice-in-transition', ['--fail-on', 'warning'], 0],
    ['apiservice-in-transition', ['--fail-on', 'info'], 1],
    ['healthy', ['--at', '2037-01-01'], 1],
    ['front-proxy-client-expired', ['--check', 'configmap-missing'], 0],
    ['extension-server-down', ['--skip', 'extension-server-down,apiservice-unavailable'], 0],
  ] as const)('%s %j: %i', async (name, options, status) => {
    const text = await doctor(name, ...options);
    expect(text).toMatchObject({ status, stderr: '' });
    expect(text.stdout).toMatch(new RegExp(` exit ${status}$`, 'm'));
    const json = await doctor(name, ...options, '-o', 'json');
    expect(json).toMatchObject({ status, stderr: '' });
    expect(JSON.parse(json.stdout).summary.exitStatus).toBe(status);
  });

  test.each([undefined, ...demos])('the demo %s', async (name) => {
    const ran = await aggctl(['doctor', '--demo', ...(name ? [name] : [])]);
    expect(ran).toMatchObject({ status: name === 'healthy' ? 0 : 1, stderr: '' });
    expect(ran.stdout).toContain(`demo ${name ?? demos[0]}`);
  });

  test('--check takes several, one by one or with commas', async () => {
    const ids = async (...options: string[]) => {
      const { passed } = JSON.parse((await doctor('healthy', '-o', 'json', ...options)).stdout) as { passed: { id: string }[] };
      return [...new Set(passed.map(({ id }) => id))].sort();
    };
    const both = ['configmap-missing', 'proxy-client-pair-missing'];
    expect(await ids('--check', both.join())).toEqual(both);
    expect(await ids('--check', both[0] ?? '', '--check', both[1] ?? '')).toEqual(both);
    expect(await ids('--check', both.join(), '--skip', both[1] ?? '')).toEqual(both.slice(0, 1));
  });

  test('an unreachable server is incomplete, never healthy', async () => {
    const options = onlyServer(await closedPort());
    const ran = await aggctl(['doctor', ...options]);
    expect(ran).toMatchObject({ status: 3, stderr: '' });
    expect(ran.stdout).toMatch(/refused the connection/);
    expect(ran.stdout).not.toMatch(/healthy/i);
    expect(await aggctl(['doctor', ...options, '--allow-incomplete'])).toMatchObject({ status: 0, stderr: '' });
  });

  test('output that cannot be written is no success', async () => {
    const ran = await run(['sh', '-c', '"$0" "$@" >/dev/full', ...program, 'checks']);
    expect(ran).toMatchObject({ status: 3, stdout: '' });
    expect(ran.stderr).toMatch(/^aggctl: the output could not be written: .*ENOSPC.*\n$/);
  });
});

describe('Ctrl-C', () => {
  test.each([
    [['doctor']],
    [['check-apiservice', 'v1.x.example.com']],
    [['check-apiservice', 'v1.x.example.com', '--wait', '1h']],
    [['check-apiservice', '--all', '--watch']],
  ])('ends %j against a silent server with 130 and no report', async (command) => {
    const { port, met } = await silentServer();
    // The wait for an answer is long: only the interruption ends it.
    const options = [...onlyServer(port), '--request-timeout', '1h'];
    const ran = await aggctl([...command, ...options], { meanwhile: (child) => void met.then(() => child.kill('SIGINT')) });
    expect(ran).toEqual({ status: 130, signal: null, stdout: '', stderr: '' });
  });

  test('ends a wait between two looks, too', async () => {
    const options = onlyServer(await closedPort());
    const ran = await aggctl(['check-apiservice', 'v1.x.example.com', '--wait', '1h', ...options], {
      meanwhile: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
    });
    expect(ran).toMatchObject({ status: 130, signal: null, stdout: '' });
    expect(ran.stderr).toMatch(/^v1\.x\.example\.com could not be checked: .*refused the connection.*\n$/);
  });
});

test('--wait that runs out against a server that is not there: 124', async () => {
  const ran = await aggctl(['check-apiservice', 'v1.x.example.com', '--wait', '0s', ...onlyServer(await closedPort())]);
  expect(ran.status).toBe(124);
  expect(ran.stdout).toMatch(/exit 124\n$/);
});
