import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aggctl, emptyFolder, program, run, scenario } from './aggctl.ts';

/** An API that knows nothing, or holds every answer back; and the options that show it alone. */
async function api(answer: 'not found' | 'nothing') {
  const folder = emptyFolder();
  const server: Server = createServer((_, response) => {
    if (answer === 'not found') response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  mkdirSync(join(folder, 'root'));
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'kubeconfig'), `{ clusters: [], contexts: [], users: [] }`);
  const options = ['--root', join(folder, 'root'), '--kubeconfig', join(folder, 'kubeconfig'), '--server', `http://127.0.0.1:${port}`];
  return { options, server, file: join(folder, 'out', 'a.jsonl'), out: join(folder, 'out') };
}

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a recording with %i: nothing is left that could be taken for one', async (signal, status) => {
  for (let time = 0; time < 2; time += 1) {
    const { options, server, file, out } = await api('nothing');
    const met = once(server, 'request');
    const ran = await aggctl(['doctor', ...options, '--record', file], {
      meanwhile: (child) => void met.then(() => setTimeout(() => child.kill(signal), time * 40)),
    });
    expect(ran).toEqual({ status, signal: null, stdout: '', stderr: `aggctl: interrupted; nothing was written to ${file}\n` });
    expect(readdirSync(out)).toEqual([]);
  }
});

test('a recording says where it is and how to show it, and is replaced only if told so', async () => {
  const { options, file } = await api('not found');
  const first = await aggctl(['doctor', ...options, '--record', file]);
  expect(first.stderr).toMatch(new RegExp(`^hint: \\d+ answers were recorded; show them again: aggctl doctor --snapshot ${file}$`, 'm'));
  expect((await aggctl(['doctor', '--snapshot', file])).status).toBe(first.status);
  const plugin = join(emptyFolder(), 'kubectl-aggctl');
  symlinkSync(program.at(-1) ?? '', plugin);
  const asPlugin = await run([...program.slice(0, -1), plugin, 'doctor', ...options, '--record', file, '--overwrite']);
  expect(asPlugin.stderr).toMatch(new RegExp(`again: kubectl aggctl doctor --snapshot ${file}$`, 'm'));
  const before = readFileSync(file, 'utf8');
  const again = await aggctl(['doctor', ...options, '--record', file]);
  expect(again).toMatchObject({ status: 2, stdout: '' });
  expect(again.stderr).toContain('it holds an earlier recording; name a new file, or add --overwrite');
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect((await aggctl(['doctor', ...options, '--record', file, '--overwrite'])).status).toBe(first.status);
  expect(await aggctl(['doctor', ...options, '--overwrite'])).toMatchObject({ status: 2, stderr: 'aggctl: --overwrite needs --record\n' });
});

test('a recording that cannot be written costs the recording, not the diagnosis', async () => {
  const { options, server, file, out } = await api('not found');
  server.once('request', () => rmSync(out, { recursive: true }));
  const ran = await aggctl(['doctor', ...options, '--record', file]);
  expect(ran).toMatchObject({ status: 3, stdout: expect.stringContaining('exit 3') });
  expect(ran.stderr).toMatch(/^warning: the snapshot .* cannot be written: .*\/out: no such directory$/m);
  expect(existsSync(file)).toBe(false);
});

test('an incomplete recording says so first, and is never called healthy', async () => {
  const file = join(emptyFolder(), 'cut.jsonl');
  const lines = readFileSync(scenario('healthy'), 'utf8').trimEnd().split('\n');
  writeFileSync(file, `${lines.slice(0, -1).join('\n')}\n`);
  const cut = await aggctl(['doctor', '--snapshot', file]);
  expect(cut.status).toBe(3);
  expect(cut.stdout).toMatch(/^. The snapshot .* is incomplete: its closing line\s+is missing/);
  expect(cut.stdout).not.toContain('Healthy');
  expect((await aggctl(['doctor', '--snapshot', file, '--allow-incomplete'])).status).toBe(0);
  const json = await aggctl(['doctor', '--snapshot', file, '-o', 'json']);
  expect(JSON.parse(json.stdout)).toMatchObject({ incomplete: expect.stringContaining('is incomplete'), summary: { exitStatus: 3 } });
  for (const command of [['certs'], ['flags'], ['check-apiservice']]) {
    const shown = await aggctl([...command, '--snapshot', file]);
    expect(shown, command[0]).toMatchObject({ status: 3, stderr: expect.stringMatching(/^warning: The snapshot .* is incomplete/m) });
  }
});

test('files that never end or never answer are named in one sentence', async () => {
  const folder = emptyFolder();
  const fifo = join(folder, 'fifo');
  expect((await run(['mkfifo', fifo])).status).toBe(0);
  const server = ['--server', 'https://127.0.0.1:1', '--root', folder];
  const config = (user: string, cluster = '') =>
    `{ clusters: [{ name: a, cluster: { server: "https://127.0.0.1:1"${cluster} } }], users: [{ name: a, user: { ${user} } }], contexts: [{ name: a, context: { cluster: a, user: a } }], current-context: a }`;
  const withToken = join(folder, 'token.conf');
  writeFileSync(withToken, config(`tokenFile: ${fifo}`));
  const withCa = join(folder, 'ca.conf');
  writeFileSync(withCa, config('', `, certificate-authority: /dev/zero`));
  for (const [options, sentence] of [
    [['--kubeconfig', fifo], `Cannot read the kubeconfig \`${fifo}\`: it is a FIFO.`],
    [['--kubeconfig', '/dev/zero'], 'Cannot read the kubeconfig `/dev/zero`: it is not a regular file.'],
    [['--snapshot', fifo], `${fifo} is not a snapshot: it is a FIFO`],
    [['--kubeconfig', withToken, '--root', folder], `\`${fifo}\`, named in \`${withToken}\`: it is a FIFO.`],
    [['--kubeconfig', withCa, '--root', folder], '`/dev/zero`, named in'],
    [[...server, '--certificate-authority', fifo], `\`${fifo}\``],
    [['--record', fifo, ...server], `cannot record into ${fifo}: it is not a regular file; name a new file`],
    [['--record', '/proc/aggctl/a.jsonl', ...server], 'cannot record into /proc/aggctl/a.jsonl: ENOENT'],
  ] as const) {
    const ran = await aggctl(['doctor', ...options]);
    const shown = `${ran.stdout}${ran.stderr}`.replace(/\s+/g, ' ');
    expect(shown, options.join(' ')).toContain(sentence);
    expect(ran.stderr).not.toContain('bug in aggctl');
  }
});

test('a link of another user on the way to a recording is not followed', async (context) => {
  if (process.getuid?.() !== 0) return context.skip();
  const { options, out } = await api('not found');
  const link = join(out, 'link');
  symlinkSync('/tmp', link);
  expect((await run(['chown', '-h', '65534', link])).status).toBe(0);
  const ran = await aggctl(['doctor', ...options, '--record', join(link, 'aggctl-never.jsonl')]);
  expect(ran).toMatchObject({ status: 2, stderr: expect.stringContaining(`${link} is a symbolic link of another user`) });
  expect(existsSync('/tmp/aggctl-never.jsonl')).toBe(false);
});
