/** `aggctl check-apiservice` over recordings of the lab; time is given. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { apiServiceName } from '../../src/commands/api-service-names.ts';
import { type CheckOptions, checkApiService, lookAt } from '../../src/commands/check-apiservice.ts';
import { doctor } from '../../src/commands/doctor.ts';
import { judging } from '../../src/commands/judging.ts';
import { openSource } from '../../src/commands/open-source.ts';
import { waiting, watching } from '../../src/commands/repeat.ts';
import { similar } from '../../src/commands/similar.ts';
import type { Look } from '../../src/commands/surroundings.ts';
import type { Event, Report, Table } from '../../src/model.ts';
import { render } from '../../src/render/index.ts';
import { pageOf } from '../../src/render/layout.ts';
import { paths } from '../../src/render/text/path.ts';
import { run } from '../../src/run/index.ts';
import { gathered, optionsOf, scenarios } from '../support/scenarios.ts';
import { faultsOf } from '../support/schemas.ts';

const wardle = 'v1alpha1.wardle.example.com';

/** A clock that only sleeping moves. */
function clockwork() {
  let time = Date.parse('2026-11-23T03:00:00Z');
  const controller = new AbortController();
  return {
    controller,
    surroundings: {
      signal: controller.signal,
      env: {},
      now: () => new Date(time),
      sleep: async (ms: number) => {
        time += ms;
      },
    },
  };
}
async function told<T>(steps: AsyncGenerator<Event, T>): Promise<{ events: Event[]; result: T }> {
  const events: Event[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { events, result: value };
    events.push(value);
  }
}
const checked = async (names: readonly string[], options: CheckOptions) =>
  (await told(checkApiService(names, options, clockwork().surroundings))).result;
const report = async (scenario: string, ...names: string[]) =>
  (await checked(names, { snapshot: `test/scenarios/${scenario}.jsonl` })) as Report;

describe('names', () => {
  test.each([
    wardle,
    'wardle.example.com/v1alpha1',
    `apiservice/${wardle}`,
    `apiservices/${wardle}`,
    `apiservice.apiregistration.k8s.io/${wardle}`,
    'apiservice/wardle.example.com/v1alpha1',
  ])('%s', (text) => expect(apiServiceName(text)).toBe(wardle));
  test.each([
    ['v1beta1.metrics.k8s.io', ['v1beta1.metrics.k8s.io']],
    ['metrics.k8s.io', ['v1beta1.metrics.k8s.io', 'v1beta1.custom.metrics.k8s.io']],
    ['v1beta1.metrcs.k8s.io', ['v1beta1.metrics.k8s.io']],
    ['something.else.io', []],
  ])('near %s: %j', (text, near) =>
    expect(similar(text, ['v1.apps', 'v1beta1.custom.metrics.k8s.io', 'v1beta1.metrics.k8s.io', 'v1.batch'])).toEqual(
      expect.arrayContaining(near.length > 0 ? [near[0]] : []),
    ),
  );
  test('none is near to nothing alike', () => expect(similar('something.else.io', ['v1.apps', 'v1.batch'])).toEqual([]));
  test('one that does not exist is wrong usage, and names the near ones', async () => {
    await expect(report('healthy', 'v1alpha1.wardle.example')).rejects.toThrow(
      `APIService 'v1alpha1.wardle.example' not found (did you mean ${wardle}?); see: aggctl check-apiservice`,
    );
  });
  test('a local one is said to be so', async () => {
    const { apiservices, summary } = await report('healthy', 'apps/v1');
    expect(apiservices).toEqual([{ name: 'v1.apps', state: 'local', servedBy: 'kube-apiserver itself', path: [] }]);
    expect(summary.exitStatus).toBe(0);
  });
});

describe('the report', () => {
  test.each([
    ['cabundle-not-signer', 'TLS'],
    ['extension-server-down', 'network'],
    ['front-proxy-client-expired', 'front proxy'],
    ['laptop-proxy-client-pair-missing', 'front proxy'],
    ['no-proxy-without-services', 'network'],
    ['egress-socket-absent', 'network'],
  ])('%s breaks at %s, and nothing behind it is judged', async (scenario, hop) => {
    const one = await report(scenario, wardle);
    const [{ state, path } = { state: '', path: [] }] = one.apiservices ?? [];
    expect(state).toBe('fails');
    expect(path.filter((step) => step.state === 'broken').map((step) => step.hop)).toEqual([hop]);
    const at = path.findIndex((step) => step.hop === hop);
    expect(path.slice(at + 1, -1).every((step) => step.state === 'behind' && step.shows.length === 0)).toBe(true);
    expect(path.slice(0, at).every((step) => step.state !== 'behind')).toBe(true);
    expect(path[at]?.shows.length).toBeGreaterThan(0);
  });

  test.each(scenarios)('$path: of the schema, and no finding is lost', async (scenario) => {
    const { targetVersion, asFrontProxy, named, ...options } = optionsOf(scenario);
    const all = (await checked([], { snapshot: scenario.snapshots, ...options, all: true })) as Report;
    expect(faultsOf(all)).toEqual([]);
    const doctors = async () => (await told(doctor({ snapshot: scenario.snapshots, ...options }, clockwork().surroundings))).result;
    const result =
      targetVersion === undefined && asFrontProxy === undefined && named === undefined
        ? run(checks, await gathered(scenario), { aggctl: '', source: '' })
        : await doctors();
    // What is asked only of those that are named, or of extension servers directly, is judged here alone.
    if (asFrontProxy === undefined && named === undefined) expect(all.findings.length + (all.further ?? 0)).toBe(result.findings.length);
    else expect(all.findings.length + (all.further ?? 0)).toBeGreaterThanOrEqual(result.findings.length);
  });

  test('what concerns another is counted, and changes no exit status', async () => {
    const one = await report('front-proxy-client-expires-soon', wardle);
    expect(one).toMatchObject({ findings: [], further: 1, summary: { warning: 0, exitStatus: 0 } });
    const text = await render(one, 'text', { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true });
    expect(text.replace(/\s+/g, ' ')).toContain('the extension server answers and every check that concerns it and can run here passed. ');
    expect(text).toContain('– 1 further finding does not concern this APIService; see: aggctl doctor\n');
  });

  test('where no APIService can be seen, what was found stays', async () => {
    const one = await report('client-credentials-expired', wardle);
    expect(one.apiservices).toEqual([{ name: wardle, state: 'unknown', servedBy: null, path: [] }]);
    expect(one.findings.map(({ id }) => id)).toEqual(['client-credentials-expired']);
  });

  for (const [name, style] of Object.entries({
    '100': { width: 100 },
    '40': { width: 40 },
    '40.ascii': { width: 40, ascii: true },
    '80.color': { width: 80, color: 1 },
  } as const))
    test(`as text: ${name}`, async () => {
      const plain = { color: 0, ascii: false, verbosity: 'normal', terminal: false, headers: true } as const;
      const drawn = paths(await report('cabundle-not-signer', wardle), pageOf({ ...plain, ...style }));
      const text = `${drawn.flat().join('\n')}\n`;
      await expect(text.replaceAll('\x1b', '␛')).toMatchFileSnapshot(`../render/golden/path.${name}.txt`);
    });
});

describe('the list', () => {
  const style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true } as const;
  const list = (options: CheckOptions, names: readonly string[] = []) =>
    checked(names, { demo: 'wrong-cabundle', ...options }) as Promise<Table>;

  test('without a name: the columns of kubectl, and the cause', async () => {
    const table = await list({});
    const cells = (await render(table, 'text', style))
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {3,}/));
    expect(cells[0]).toEqual(['NAME', 'SERVICE', 'AVAILABLE', 'AGE', 'CAUSE']);
    expect(cells.slice(1).map(([name, service, available, , cause]) => [name, service, available, cause])).toEqual([
      ['v1.inventory.example.com', 'inventory/api', 'True', '<none>'],
      [wardle, 'wardle/api', 'False (FailedDiscoveryCheck)', 'cabundle-not-signer'],
      ['v1beta1.wardle.example.com', 'wardle/api', 'True', '<none>'],
    ]);
    expect(table.exitStatus).toBe(1);
    expect(await render(table, 'wide', style)).toMatch(/^NAME +SERVICE +AVAILABLE +AGE +CAUSE +PORT +SINCE +MESSAGE\n/);
  });
  test('-o name is for a pipe', async () => {
    expect(await render(await list({ output: 'name', unavailable: true }), 'name', style)).toBe(
      `apiservice.apiregistration.k8s.io/${wardle}\n`,
    );
  });
});

test.each(['serving-certificate-expires-soon', 'insecure-skip-hides-faults'])('what is presented by port-forward: %s', async (id) => {
  const { findings, apiservices } = (await checked([wardle], { snapshot: `test/snapshots/${id}.jsonl` })) as Report;
  expect(findings.map((one) => one.id)).toEqual([id]);
  expect(findings[0]?.evidence.join()).toContain('TLS handshake by port-forward with pod wardle/wardle-server-');
  expect(apiservices?.[0]?.path.find(({ hop }) => hop === 'TLS')?.shows.join()).toContain('presents CN=api.wardle.svc');
});

test('--history: what was before, in the order of time', async () => {
  const { apiservices } = (await checked([wardle], { snapshot: 'test/snapshots/history.jsonl', history: true })) as Report;
  const past = apiservices?.[0]?.history ?? [];
  expect(past[0]).toEqual({
    at: null,
    text: expect.stringMatching(/^kube-apiserver saw it become unavailable \d+ times? with reason FailedDiscoveryCheck since 20\d\d-/),
  });
  const timed = past.filter(({ at }) => at !== null);
  expect(timed.map(({ at }) => at)).toEqual(timed.map(({ at }) => at).toSorted());
  expect(timed.map(({ text }) => text)).toContain('kube-apiserver started');
  expect(timed.some(({ text }) => /^Available True to False \(FailedDiscoveryCheck\): .*connection refused$/.test(text))).toBe(true);
  expect(timed.at(-1)?.text).toBe('Available False to True (Passed): all checks passed');
});

describe('-n', () => {
  const two = { demo: 'healthy' };
  test('without names it chooses those whose Service is there', async () => {
    const every = ((await checked([], two)) as Table).items as { name: string; service: { namespace: string } }[];
    const there = every.filter(({ service }) => service.namespace === 'wardle').map(({ name }) => name);
    expect(there.length).toBeGreaterThan(0);
    expect(there.length).toBeLessThan(every.length);
    expect(((await checked([], { ...two, namespace: 'wardle' })) as Table).items).toEqual(every.filter(({ name }) => there.includes(name)));
    const { apiservices } = (await checked([], { ...two, namespace: 'wardle', all: true })) as Report;
    expect(apiservices?.map(({ name }) => name)).toEqual(there);
    expect(((await checked([], { ...two, namespace: 'wardle', unavailable: true })) as Report).apiservices).toEqual([]);
  });
  test('with a name it changes nothing, and says so', async () => {
    const { events, result } = await told(checkApiService([wardle], { ...two, namespace: 'inventory' }, clockwork().surroundings));
    expect(result).toEqual(await checked([wardle], two));
    expect(events.filter(({ kind }) => kind === 'hint').map(({ message }) => message)).toEqual([
      '--namespace inventory changes nothing: APIServices have no namespace',
    ]);
  });
});

/** Looks at recordings in their order, and at the last one for ever. */
const looksAt = (...names: readonly string[]) => looksAtAll([wardle], names);
async function looksAtAll(targets: readonly string[] | 'all', names: readonly string[]): Promise<() => Promise<Look>> {
  const options = {};
  const looks = await Promise.all(
    names.map(async (name) => {
      const { result } = await told(openSource({ snapshot: `test/scenarios/${name}.jsonl` }, clockwork().surroundings));
      return lookAt(result, judging(options), options, targets);
    }),
  );
  let next = 0;
  return async () => looks[Math.min(next++, looks.length - 1)] as Look;
}
const rules = { failOn: 'error', allowIncomplete: false } as const;

describe('--wait', () => {
  test('ends with the report of the first look that finds all well; tells each change once', async () => {
    const look = await looksAt('extension-server-down', 'extension-server-down', 'cabundle-not-signer', 'healthy');
    const { events, result } = await told(waiting(look, 120_000, rules, clockwork().surroundings));
    expect(result.summary.exitStatus).toBe(0);
    expect(events.map(({ kind }) => kind)).toEqual(['state', 'progress', 'state']);
    expect(events.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^v1alpha1\.wardle\.example\.com does not serve: .* \(extension-server-down\)$/),
      expect.stringMatching(/^2s of 2m: v1alpha1/),
      expect.stringMatching(/ \(cabundle-not-signer\)$/),
    ]);
  });
  test('runs out: 124, with the last diagnosis', async () => {
    const { result } = await told(waiting(await looksAt('extension-server-down'), 10_000, rules, clockwork().surroundings));
    expect(result.summary.exitStatus).toBe(124);
    expect(result.findings.map(({ id }) => id)).toEqual(['extension-server-down']);
  });
  test('what could not be looked at is waited for', async () => {
    const { events, result } = await told(
      waiting(await looksAt('client-credentials-expired', 'healthy'), 10_000, rules, clockwork().surroundings),
    );
    expect(events[0]?.message).toMatch(/^v1alpha1\.wardle\.example\.com could not be checked/);
    expect(result.summary.exitStatus).toBe(0);
  });
});

/** What is recorded of an API that refuses, and of one that answers. */
const down = 'front-proxy-file-absent';
test('--all --wait waits until APIServices can be listed', async () => {
  const { events, result } = await told(waiting(await looksAtAll('all', [down, 'healthy']), 10_000, rules, clockwork().surroundings));
  expect(events.map(({ message }) => message)).toEqual([expect.stringMatching(/^APIServices cannot be listed: .*refused the connection/)]);
  expect(result.summary.exitStatus).toBe(0);
});

describe('--watch', () => {
  test('of all: tells when they cannot be listed and when they can again, and takes none for gone', async () => {
    const { controller, surroundings } = clockwork();
    const changes: string[] = [];
    const run = async () => {
      for await (const { kind, message } of watching(await looksAtAll('all', ['healthy', down, down, 'healthy']), surroundings)) {
        if (kind === 'change') changes.push(message.replace(/^\S+ \S+ /, ''));
        if (kind === 'change' && message.endsWith('again')) controller.abort();
      }
    };
    await expect(run()).rejects.toThrow('aborted');
    expect(changes).toEqual([
      `${wardle} serves`,
      expect.stringMatching(/^APIServices cannot be listed: .*refused the connection/),
      'APIServices can be listed again',
    ]);
  });
  test('tells each change with its time, and recognises flapping; the signal ends it', async () => {
    const { controller, surroundings } = clockwork();
    const turns = Array.from({ length: 3 }, () => ['healthy', 'extension-server-down']).flat();
    const steps = watching(await looksAt(...turns), surroundings);
    const changes: string[] = [];
    const run = async () => {
      for await (const { kind, message } of steps) {
        if (kind === 'change') changes.push(message);
        if (changes.length === turns.length) controller.abort();
      }
    };
    await expect(run()).rejects.toThrow('aborted');
    expect(changes[0]).toBe(`2026-11-23 03:00:00Z ${wardle} serves`);
    expect(changes[1]).toMatch(/^2026-11-23 03:00:02Z v1alpha1\.wardle\.example\.com does not serve: /);
    expect(changes.map((line) => / it flaps: /.test(line))).toEqual([false, false, false, false, true, true]);
    expect(changes[4]).toMatch(/ serves; it flaps: 4 changes within 6s$/);
  });
});

test.each<[readonly string[], CheckOptions, string]>([
  [[wardle], { all: true }, 'use only one of APIService names, --all and --unavailable'],
  [[], { wait: '2m', demo: true }, '--wait needs a live cluster: remove --demo'],
  [[wardle], { watch: true, snapshot: 'x' }, '--watch needs a live cluster: remove --snapshot'],
  [[wardle], { wait: '2m', record: 'x' }, '--record saves a single run, and --wait repeats it: remove one of them'],
  [[wardle], { wait: '2m', watch: true }, '--wait and --watch cannot be used together'],
  [[], { wait: '2m' }, '--wait needs the name of an APIService, or --all'],
  [[], { unavailable: true, watch: true }, '--watch needs the name of an APIService, or --all'],
  [[wardle], { watch: true, output: 'json' }, '--watch cannot print one json document: use -o jsonl'],
  [[wardle], { asFrontProxy: true }, 'there is no terminal to confirm this, so add --yes'],
  [[wardle], { asFrontProxy: true, demo: true }, '--as-front-proxy needs live extension API servers'],
  [[wardle], { asFrontProxy: true, yes: true, wait: '2m' }, '--as-front-proxy runs once: remove --wait and --watch'],
  [[], { asFrontProxy: true, yes: true }, '--as-front-proxy needs the name of an APIService, or --all'],
  [[wardle], { wait: 'soon' }, "--wait must be a duration such as 30d, 12h or 1d12h, not 'soon'"],
])('%j %j is wrong usage', async (names, options, says) => {
  await expect(checked(names, options)).rejects.toThrow(says);
});

test('--as-front-proxy asks nobody when it is not confirmed', async () => {
  const questions: string[] = [];
  const confirm = async (question: string) => questions.push(question) < 0;
  const steps = checkApiService([wardle], { asFrontProxy: true }, { ...clockwork().surroundings, confirm });
  await expect(steps.next()).rejects.toThrow('--as-front-proxy was not confirmed, so no request was sent');
  expect(questions).toEqual([expect.stringContaining(`to the extension API servers of ${wardle}, in one GET /aggctl-probe each`)]);
});
