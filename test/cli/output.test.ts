import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { aggctl, emptyFolder, program, run, scenario } from './aggctl.ts';

const broken = ['doctor', '--snapshot', scenario('front-proxy-client-expired')];
const healthy = ['doctor', '--snapshot', scenario('healthy')];
const helpOf = (command: string) => aggctl([command, '--help']);
const ESC = String.fromCharCode(27);

const path = ['check-apiservice', 'v1alpha1.wardle.example.com', '--snapshot', scenario('cabundle-not-signer')];
const apiServices = ['check-apiservice', '--snapshot', scenario('healthy')];

describe('formats', () => {
  test.each([
    [broken],
    [path],
    [apiServices],
    [['flags', '--snapshot', scenario('healthy')]],
    [['checks']],
    [['explain', 'configmap-missing']],
  ])('%j gives the same document as JSON, YAML and JSON lines', async (args) => {
    const [json, yaml, lines] = await Promise.all(['json', 'yaml', 'jsonl'].map((format) => aggctl([...args, '-o', format])));
    for (const ran of [json, yaml, lines]) expect(ran?.stderr).toBe('');
    const document = JSON.parse(json?.stdout ?? '');
    expect(json?.stdout).toBe(`${JSON.stringify(document, null, 2)}\n`);
    expect(document).toMatchObject({ schemaVersion: 1, kind: expect.stringMatching(/^[A-Z]/) });
    expect(parse(yaml?.stdout ?? '')).toEqual(document);
    const events = lines?.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events?.at(-1)).toEqual(document);
    for (const event of events?.slice(0, -1) ?? []) expect(event).toEqual({ kind: expect.any(String), message: expect.any(String) });
    expect(yaml?.status).toBe(json?.status);
    expect(lines?.status).toBe(json?.status);
  });

  test('a diagnosis streams at least one event', async () => {
    expect((await aggctl([...healthy, '-o', 'jsonl'])).stdout.trimEnd().split('\n').length).toBeGreaterThan(1);
  });

  test('nothing of a progress reaches the streams of a pipe', async () => {
    expect((await aggctl(healthy)).stderr).toBe('');
    expect((await aggctl(['flags', '--snapshot', scenario('healthy')])).stderr).toBe('');
  });
});

describe('text', () => {
  test.each([
    ['a pipe has none', [], {}, false],
    ['FORCE_COLOR', [], { FORCE_COLOR: '1' }, true],
    ['CLICOLOR_FORCE', [], { CLICOLOR_FORCE: '1' }, true],
    ['NO_COLOR before FORCE_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['--color=always', ['--color=always'], {}, true],
    ['--color=always before NO_COLOR', ['--color=always'], { NO_COLOR: '1' }, true],
    ['--color=never before FORCE_COLOR', ['--color=never'], { FORCE_COLOR: '1' }, false],
    ['--no-color before FORCE_COLOR', ['--no-color'], { FORCE_COLOR: '1' }, false],
  ])('colour: %s', async (_, options, env, colored) => {
    const [plain, ran] = await Promise.all([aggctl(broken), aggctl([...broken, ...options], { env })]);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout.includes(ESC)).toBe(colored);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are made of them.
    expect(ran.stdout.replace(/\x1b\[[0-9;]*m/g, '')).toBe(plain.stdout);
  });

  test('no format for programs has colour', async () => {
    for (const format of ['json', 'yaml', 'jsonl'])
      expect((await aggctl([...broken, '-o', format, '--color=always'])).stdout).not.toContain(ESC);
  });

  test.each([
    [broken],
    [healthy],
    [path],
    [apiServices],
    [['flags', '--snapshot', scenario('healthy')]],
    [['checks']],
    [['explain', 'configmap-missing']],
  ])('%j --ascii is 7-bit', async (args) => {
    const ran = await aggctl([...args, '--ascii']);
    expect(ran.stderr).toBe('');
    expect(ran.stdout).toMatch(/^[\n\x20-\x7e]+$/);
  });

  test('COLUMNS sets the width', async () => {
    const widest = async (env: Record<string, string>) =>
      Math.max(...(await aggctl(healthy, { env })).stdout.split('\n').map((line) => [...line].length));
    const eighty = await widest({});
    expect(eighty).toBeLessThanOrEqual(80);
    expect(await widest({ COLUMNS: '40' })).toBeLessThan(eighty);
    expect(await widest({ COLUMNS: 'wide' })).toBe(eighty);
  });

  test('-v and -q are offered where something is healthy or not', async () => {
    const helps = await Promise.all(['doctor', 'check-apiservice', 'deploy-sample', 'flags', 'certs', 'checks', 'explain'].map(helpOf));
    expect(helps.filter(({ stdout }) => /--verbose[\s\S]*--quiet/.test(stdout)).length).toBe(3);
    expect((await aggctl(['flags', '-q'])).status).toBe(2);
  });

  test('-v says what is healthy, -q only what is not', async () => {
    const [quiet, normal, verbose] = await Promise.all([[...healthy, '-q'], healthy, [...healthy, '-v']].map((args) => aggctl(args)));
    for (const ran of [quiet, normal, verbose]) expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(quiet?.stdout).toBe('');
    expect(verbose?.stdout.length).toBeGreaterThan(normal?.stdout.length ?? 0);
    expect((await aggctl([...broken, '-q'])).stdout).toContain('front-proxy-client-expired');
  });

  test('--sort-by sorts every format; a heading is as good as its name', async () => {
    const first = async (...args: string[]) => (await aggctl(args)).stdout;
    expect(await first('checks', '--sort-by', 'check', '--no-headers')).toMatch(/^aggregated-discovery-empty /);
    expect(JSON.parse(await first('checks', '--sort-by', 'CHECK', '-o', 'json')).items[0].id).toBe('aggregated-discovery-empty');
    expect(await first('certs', '--demo', '--sort-by', 'RESIDUAL TIME', '--no-headers')).toMatch(
      /^front-proxy client .*\nkube-apiserver serving /,
    );
  });

  test('--no-headers leaves out the heading line alone', async () => {
    for (const args of [['checks'], ['flags', '--snapshot', scenario('healthy')], apiServices]) {
      const [heading, ...rows] = (await aggctl(args)).stdout.split('\n');
      expect(heading).toMatch(/^[A-Z]+ {2,}[A-Z]+/);
      const words = (lines: readonly string[]) => lines.map((line) => line.trim().split(/ {2,}/));
      expect(words((await aggctl([...args, '--no-headers'])).stdout.split('\n'))).toEqual(words(rows));
    }
  });
});

describe('pipes', () => {
  /** The healthy scenario with 60 APIServices more: its report of a megabyte is more than a pipe or a socket holds. */
  function manyApiServices(): string {
    const file = join(emptyFolder(), 'snapshot.jsonl');
    // By hand: without its closing line, which holds the digest of what was recorded.
    const lines = readFileSync(scenario('healthy'), 'utf8').trimEnd().split('\n').slice(0, -1);
    const [header, ...answers] = lines.map((line) => JSON.parse(line));
    const { list } = { list: answers.find(({ path }) => path.startsWith('/apis/apiregistration.k8s.io/v1/apiservices')).answer.json } as {
      list: { items: { metadata: { name: string }; spec: { service?: object } }[] };
    };
    const remote = list.items.find(({ spec }) => spec.service);
    for (let count = 0; count < 60; count += 1) {
      const copy = structuredClone(remote);
      if (copy) list.items.push({ ...copy, metadata: { ...copy.metadata, name: `v1.group-${count}.example.com` } });
    }
    writeFileSync(file, [{ ...header, origin: 'hand-made' }, ...answers].map((line) => JSON.stringify(line)).join('\n'));
    return file;
  }

  const shell = (line: string, snapshot: string) => run(['sh', '-c', line, ...program, 'doctor', '--snapshot', snapshot, '-o', 'json']);

  test('what a slow reader takes late arrives whole', async () => {
    const large = manyApiServices();
    const straight = await shell('"$0" "$@"', large);
    expect(straight.stdout.length).toBeGreaterThan(2 * 65_536);
    expect(JSON.parse(straight.stdout).kind).toBe('Report');
    expect(await shell('"$0" "$@" | { sleep 0.5; cat; }', large)).toMatchObject({ stdout: straight.stdout, stderr: '' });
    const socket = await aggctl(['doctor', '--snapshot', large, '-o', 'json'], {
      meanwhile: ({ stdout }) => {
        stdout?.pause();
        setTimeout(() => stdout?.resume(), 500);
      },
    });
    expect(socket).toEqual(straight);
  });

  test('a reader that leaves early ends it quietly', async () => {
    const large = manyApiServices();
    expect(await shell('"$0" "$@" | head -1', large)).toEqual({ status: 0, signal: null, stdout: '{\n', stderr: '' });
    expect(await shell('"$0" "$@" | :', large)).toEqual({ status: 0, signal: null, stdout: '', stderr: '' });
  });

  test('a stderr that nobody reads does no harm', async () => {
    const ran = await run(['sh', '-c', '{ "$0" "$@" 2>&1 >&3 | :; } 3>&1', ...program, 'doctor', '--demo', 'nosuch']);
    expect(ran).toMatchObject({ stdout: '', stderr: '' });
  });
});
