/** Every command against an API that gives no answer of its own: never "fine" where nothing was seen. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aggctl, entry, node, run } from './aggctl.ts';

const status = (code: number, message: string) => ({
  code,
  type: 'application/json',
  text: JSON.stringify({ kind: 'Status', code, message }),
});
const page = (code: number) => ({ code, type: 'text/html', text: '<html><body>Log in</body></html>' });
/** How the API answers; null: it does not. */
const states = {
  refuses: 'refuses',
  hangs: null,
  'answers 401': status(401, 'Unauthorized'),
  'answers 403': status(403, 'User "jane" cannot get path'),
  'answers 503': status(503, 'etcd is down'),
  'shows a page': page(200),
  'has no such page': page(404),
  'is another server': { code: 404, type: 'text/plain', text: '404 page not found\n' },
} as const;
type State = keyof typeof states;

const ports = new Map<State, number>();
const servers: ReturnType<typeof createServer>[] = [];
let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'aggctl-no-answer-'));
  mkdirSync(join(root, 'empty'));
  for (const state of Object.keys(states) as State[]) {
    const answer = states[state];
    const listener: RequestListener = (_, response) => {
      if (answer !== null && answer !== 'refuses') response.writeHead(answer.code, { 'content-type': answer.type }).end(answer.text);
    };
    const server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports.set(state, (server.address() as AddressInfo).port);
    // The port of a server that was closed refuses.
    if (answer === 'refuses') server.close();
    else servers.push(server);
  }
});
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  rmSync(root, { recursive: true });
});
const towards = (state: State) => ['--server', `http://127.0.0.1:${ports.get(state)}`, '--request-timeout', '1s'];
const here = () => ['--root', join(root, 'empty')];
const folded = (text: string) => text.replace(/\s*\n\s+/g, ' ');

describe.each(Object.keys(states) as State[])('an API that %s', (state) => {
  test.concurrent('doctor begins with it, and counts nothing as checked', async () => {
    const { status, stdout } = await aggctl(['doctor', ...towards(state), ...here()]);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^✗ Cannot reach kube-apiserver: /);
    expect(stdout).not.toContain('✓');
    expect(stdout).toContain('Nothing could be checked');
    const skipped = [...folded(stdout).matchAll(/(\d+) checks? skipped/g)].reduce((sum, [, count]) => sum + Number(count), 0);
    const [, ok, notChecked] = /(\d+) ok · (\d+) not checked/.exec(stdout) ?? [];
    expect([ok, Number(notChecked)]).toEqual(['0', skipped]);
  });

  test.concurrent('in red', async () => {
    const { stdout } = await aggctl(['doctor', '--color', 'always', ...towards(state), ...here()]);
    expect(stdout.startsWith('\u001b[31m✗ Cannot reach kube-apiserver: ')).toBe(true);
  });

  test.concurrent('certs says what it could not read', async () => {
    const { status, stdout, stderr } = await aggctl(['certs', '-o', 'json', ...towards(state), ...here()]);
    expect(status).toBe(3);
    expect(stderr).toContain('warning: not checked: ');
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      kind: 'Certificates',
      incomplete: expect.stringContaining('not checked: '),
      items: [],
    });
  });

  test.concurrent('flags says what it could not read', async () => {
    const { status, stdout, stderr } = await aggctl(['flags', '-o', 'json', ...towards(state), ...here()]);
    expect(status).toBe(3);
    expect(stderr).toContain('warning: not checked: ');
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'Flags', incomplete: expect.stringContaining('not checked: '), items: [] });
  });

  test.concurrent.each([['--unavailable'], ['--all'], ['--all', '--wait', '0s']])(
    'check-apiservice %s %s %s says that APIServices cannot be listed',
    async (...given) => {
      const options = given.filter((one) => typeof one === 'string');
      const { status, stdout } = await aggctl(['check-apiservice', ...options, ...towards(state), ...here()]);
      expect(status).toBe(options.includes('--wait') ? 124 : 3);
      expect(stdout).toMatch(/^✗ Cannot reach kube-apiserver: /);
      expect(stdout).toContain('✗ APIServices cannot be listed');
      expect(stdout).not.toContain('✓');
    },
  );

  test.concurrent('check-apiservice lists none, and says why', async () => {
    const { status, stdout, stderr } = await aggctl(['check-apiservice', '-o', 'json', ...towards(state), ...here()]);
    expect(status).toBe(3);
    expect(stderr).toContain('warning: cannot list APIServices: ');
    expect(JSON.parse(stdout)).toMatchObject({ incomplete: expect.stringContaining('cannot list APIServices: '), items: [] });
  });

  test.concurrent.each([[[]], [['--dry-run=server']]])('deploy-sample %j changes nothing', async (options) => {
    const { status, stdout } = await aggctl(['deploy-sample', ...options, ...towards(state)]);
    expect(status).toBe(3);
    expect(stdout).toContain('0 steps done · 1 failed');
    expect(stdout).not.toContain('✓');
  });
});

test('--watch says that APIServices cannot be listed, and goes on', async () => {
  let told = '';
  const { status, stdout } = await run([node, entry, 'check-apiservice', '--all', '--watch', ...towards('refuses'), ...here()], {
    meanwhile: (child) =>
      child.stdout?.on('data', (chunk: string) => {
        told += chunk;
        if (told.includes('\n')) setTimeout(() => child.kill('SIGINT'), 3000);
      }),
  });
  expect(status).toBe(130);
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ APIServices cannot be listed: .*refused the connection.*\n$/);
});
