/** Every command against an API that gives no answer of its own: never "fine" where nothing was seen. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certs } from '../../src/commands/certs.ts';
import { type CheckOptions, checkApiService } from '../../src/commands/check-apiservice.ts';
import { deploySample } from '../../src/commands/deploy-sample.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { flags } from '../../src/commands/flags.ts';
import type { Event, Report, SampleRun, StepEvent, Table } from '../../src/model.ts';
import { render, type Style } from '../../src/render/index.ts';

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
const names = Object.keys(states) as State[];

const ports = new Map<State, number>();
const servers: ReturnType<typeof createServer>[] = [];
let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'aggctl-no-answer-'));
  for (const state of names) {
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

const towards = (state: State) => ({ server: `http://127.0.0.1:${ports.get(state)}`, requestTimeout: '1s', root });
const surroundings = (sleep = async () => {}) => ({ signal: new AbortController().signal, env: {}, now: () => new Date(), sleep });
async function told<R>(steps: AsyncGenerator<Event | StepEvent, R>): Promise<{ warnings: readonly string[]; result: R }> {
  const warnings: string[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { warnings, result: value };
    if (value.kind === 'warning') warnings.push(value.message);
  }
}
const plain: Style = { width: 80, terminal: false, color: 0, ascii: false, verbosity: 'normal', headers: true };
const text = (result: Report) => render(result, 'text', plain);
const listed = (table: Table) => render(table, 'json', plain).then(JSON.parse);

const everyCommand = (state: State) => {
  test('doctor begins with it, and counts nothing as checked', async () => {
    const { result } = await told(doctor(towards(state), surroundings()));
    const shown = await text(result);
    expect(shown).toMatch(/^✗ Cannot reach kube-apiserver: /);
    expect(shown).not.toContain('✓');
    expect(shown).toContain('Nothing could be checked');
    const { passed, skipped, exitStatus } = result.summary;
    const counts = [...shown.replace(/\s*\n\s+/g, ' ').matchAll(/(\d+) checks? skipped/g)].map(([, count]) => Number(count));
    expect([exitStatus, passed, skipped]).toEqual([3, 0, counts.reduce((sum, count) => sum + count, 0)]);
  });

  test.each([
    ['certs', certs, 'Certificates'],
    ['flags', flags, 'Flags'],
  ] as const)('%s says what it could not read', async (_, command, kind) => {
    const { warnings, result } = await told(command(towards(state), surroundings()));
    expect(warnings[0]).toMatch(/^not checked: /);
    expect(result.exitStatus).toBe(3);
    expect(await listed(result)).toEqual({ schemaVersion: 1, kind, incomplete: expect.stringContaining('not checked: '), items: [] });
  });

  test.each<[CheckOptions, number]>([
    [{ unavailable: true }, 3],
    [{ all: true }, 3],
    [{ all: true, wait: '0s' }, 124],
  ])('check-apiservice %j says that APIServices cannot be listed', async (options, exitStatus) => {
    const { result } = await told(checkApiService([], { ...options, ...towards(state) }, surroundings()));
    const shown = await text(result as Report);
    expect(shown).toMatch(/^✗ Cannot reach kube-apiserver: /);
    expect(shown).toContain('✗ APIServices cannot be listed');
    expect(shown).not.toContain('✓');
    expect((result as Report).summary.exitStatus).toBe(exitStatus);
  });

  test('check-apiservice lists none, and says why', async () => {
    const { warnings, result } = await told(checkApiService([], towards(state), surroundings()));
    expect(warnings).toEqual([expect.stringMatching(/^cannot list APIServices: /)]);
    expect(await listed(result as Table)).toMatchObject({ incomplete: expect.stringMatching(/^cannot list APIServices: /), items: [] });
    expect((result as Table).exitStatus).toBe(3);
  });

  test('check-apiservice --all --watch says that they cannot be listed, and goes on', async () => {
    const changes: string[] = [];
    let turns = 0;
    const sleep = async () => {
      if (++turns === 2) throw new Error('enough');
    };
    const watching = async () => {
      for await (const { kind, message } of checkApiService([], { all: true, watch: true, ...towards(state) }, surroundings(sleep)))
        if (kind === 'change') changes.push(message);
    };
    await expect(watching()).rejects.toThrow('enough');
    expect(changes).toEqual([expect.stringMatching(/Z APIServices cannot be listed: /)]);
  });

  test.each([{}, { dryRun: 'server' }])('deploy-sample %j sends nothing', async (options) => {
    const { result } = await told(deploySample({ ...options, ...towards(state) }, surroundings()));
    expect((result as SampleRun).summary).toMatchObject({ done: 0, failed: 1, exitStatus: 3 });
  });
};
describe.each(names.filter((state) => state !== 'hangs'))('an API that %s', everyCommand);
// Each waits until its time is out: they wait together.
describe.concurrent.each(['hangs'] as const)('an API that %s', everyCommand);
