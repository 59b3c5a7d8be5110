/** `aggctl doctor --wait` over recordings of the lab, and on a server that is down; time is given. */
import { expect, test } from 'vitest';
import { type DoctorOptions, diagnose, doctor } from '../../src/commands/doctor.ts';
import { judging } from '../../src/commands/judging.ts';
import { openSource } from '../../src/commands/open-source.ts';
import { problemsOf, waiting } from '../../src/commands/repeat.ts';
import type { Look } from '../../src/commands/surroundings.ts';
import { exitStatus } from '../../src/exit-code.ts';
import type { Event } from '../../src/model.ts';
import { emptyFolder } from '../cli/aggctl.ts';

/** A clock that only sleeping moves. */
function clockwork() {
  let time = Date.parse('2026-11-23T03:00:00Z');
  return {
    signal: new AbortController().signal,
    env: {},
    now: () => new Date(time),
    sleep: async (ms: number) => {
      time += ms;
    },
  };
}
async function told<T>(steps: AsyncGenerator<Event, T>) {
  const said: string[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { said, result: value };
    if (value.kind !== 'hint') said.push(value.message);
  }
}
/** Looks at recordings in their order, and at the last one until the time is out. */
async function waited(names: readonly string[], options: DoctorOptions = {}) {
  const how = judging(options);
  const looks = await Promise.all(
    names.map(async (name): Promise<Look> => {
      const { result: source } = await told(openSource({ snapshot: `test/scenarios/${name}.jsonl` }, clockwork()));
      const seen = await diagnose(source, how, options);
      return { ...seen, checked: [], status: exitStatus(seen.diagnosis, how.rules) };
    }),
  );
  let next = 0;
  const look = async () => looks[Math.min(next++, looks.length - 1)] as Look;
  return told(waiting(look, 10_000, how.rules, clockwork(), problemsOf));
}

test('it ends with the first report without a problem, and tells each change once', async () => {
  const { said, result } = await waited(['extension-server-down', 'extension-server-down', 'front-proxy-client-expired', 'healthy']);
  expect(result.summary.exitStatus).toBe(0);
  expect(said).toEqual([
    expect.stringMatching(/ \(extension-server-down\)$/),
    expect.stringMatching(/^2s of 10s: .* \(extension-server-down\)$/),
    expect.stringMatching(/ \(front-proxy-client-expired\)$/),
  ]);
});

test('it runs out: 124, with the last report', async () => {
  const { result } = await waited(['extension-server-down']);
  expect(result.summary.exitStatus).toBe(124);
  expect(result.findings.map(({ id }) => id)).toEqual(['extension-server-down']);
});

test('what --fail-on does not count is not waited for', async () => {
  expect((await waited(['front-proxy-client-expires-soon'])).result.summary.exitStatus).toBe(0);
  expect((await waited(['front-proxy-client-expires-soon'], { failOn: 'warning' })).result.summary.exitStatus).toBe(124);
});

test('a server that is down is waited for', async () => {
  const options = { root: emptyFolder(), server: 'https://127.0.0.1:1' };
  const { said, result } = await told(doctor({ ...options, wait: '4s' }, clockwork()));
  expect(said).toContainEqual(expect.stringMatching(/127\.0\.0\.1:1` refused the connection/));
  expect(result.summary.exitStatus).toBe(124);
  expect((await told(doctor({ ...options, wait: '4s', allowIncomplete: true }, clockwork()))).result.summary.exitStatus).toBe(0);
});
