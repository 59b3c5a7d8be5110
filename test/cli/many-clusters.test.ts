/** `doctor --contexts` and `--all-contexts` over recorded clusters, each behind a server of its own. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClusterReports } from '../../src/model.ts';
import { listening, replayed } from '../support/replayed.ts';
import { faultsOf } from '../support/schemas.ts';
import { aggctl, emptyFolder, type Surroundings } from './aggctl.ts';

const recordings = ['healthy', 'front-proxy-client-expired', 'apiservice-in-transition'] as const;
const at = ['--at', '2026-11-23T16:00:00Z'];

type User = Readonly<Record<string, unknown>>;
interface Context {
  readonly port: number;
  readonly user?: User;
}
/** Runs doctor with a kubeconfig of these contexts; a context's cluster and user are named after its port and its user. */
function doctorOf(contexts: Readonly<Record<string, Context>>, folder = emptyFolder()) {
  const file = join(folder, 'kubeconfig');
  const all = Object.entries(contexts).map(([name, { port, user = {} }]) => ({ name, port, user, key: JSON.stringify(user) }));
  const once = <T extends { readonly name: string }>(entries: readonly T[]) => [...new Map(entries.map((one) => [one.name, one])).values()];
  // Over plain HTTP no credentials are read.
  const serverOf = (port: number, { exec }: User) => `${exec ? 'https' : 'http'}://127.0.0.1:${port}`;
  const config = {
    clusters: once(all.map(({ port, user }) => ({ name: `c${port}`, cluster: { server: serverOf(port, user) } }))),
    users: once(all.map(({ key, user }) => ({ name: `u${key}`, user }))),
    contexts: all.map(({ name, port, key }) => ({ name, context: { cluster: `c${port}`, user: `u${key}`, namespace: name } })),
  };
  writeFileSync(file, JSON.stringify(config));
  return (options: readonly string[], more: Surroundings = {}) =>
    aggctl(['doctor', ...options], { cwd: folder, ...more, env: { KUBECONFIG: file, ...more.env } });
}
const parsed = ({ stdout }: { readonly stdout: string }): ClusterReports => {
  const document = JSON.parse(stdout);
  expect(faultsOf(document)).toEqual([]);
  return document;
};
const verdicts = ({ clusters }: ClusterReports) => clusters.map(({ context, verdict }) => `${context}: ${verdict}`);

async function recorded() {
  const [healthy = 0, broken = 0, changing = 0] = await Promise.all(recordings.map((name) => replayed(`test/scenarios/${name}.jsonl`)));
  return { healthy, broken, changing };
}
/** Keeps every request waiting; `met` when the first has come. */
async function silent() {
  const server = createServer(() => {});
  return { port: await listening(server), met: once(server, 'request') };
}

describe('several clusters', () => {
  test('one table, then each report; the strongest status', async () => {
    const { healthy, broken } = await recorded();
    const doctor = doctorOf({ staging: { port: healthy }, prod: { port: broken } });
    const ran = await doctor(['--all-contexts', ...at]);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toMatch(
      /^CONTEXT +VERSION +VERDICT +FINDINGS +FIRST CAUSE\nstaging +v1\.37\.2 +healthy +<none> +<none>\nprod +v1\.37\.2 +errors +1 error +extension-servers-reject-front-proxy\n\n── staging ─+\n\nstaging · /,
    );
    expect(ran.stdout).toMatch(
      /\n── prod ─+\n\nBefore the commands of this report, run:\n {4}kubectl config use-context prod\n\nprod · [\s\S]*✗ extension-servers-reject-front-proxy\n/,
    );
    expect(ran.stdout).toMatch(/\n2 contexts · 1 with errors · 1 healthy +exit 1\n$/);
    expect(ran.stdout.match(/^checked as of 2026-11-23 16:00:00Z$/gm)).toHaveLength(2);
    // Each report is that of the cluster alone.
    const alone = (await doctor(['--context', 'prod', ...at])).stdout;
    expect(ran.stdout).toContain(alone);
  });

  test('--contexts gives the order, and each once; options go to all', async () => {
    const { healthy, broken } = await recorded();
    const doctor = doctorOf({ staging: { port: healthy }, prod: { port: broken } });
    const ran = await doctor(['--contexts', 'prod,staging', '--contexts', 'prod', '--check', 'configmap-*', '-o', 'json', ...at]);
    const document = parsed(ran);
    expect([ran.status, document.exitStatus, verdicts(document)]).toEqual([0, 0, ['prod: healthy', 'staging: healthy']]);
    for (const { report } of document.clusters) {
      expect(report?.chosen?.every((id) => id.startsWith('configmap-'))).toBe(true);
      expect(report?.judgedAt).toBe('2026-11-23T16:00:00.000Z');
    }
  });

  test('-q shows what is wrong, and nothing where all is well', async () => {
    const { healthy, broken } = await recorded();
    const doctor = doctorOf({ staging: { port: healthy }, prod: { port: broken } });
    const ran = await doctor(['--all-contexts', '-q', ...at]);
    expect(ran.stdout).not.toContain('staging');
    expect(ran.stdout).toContain('✗ extension-servers-reject-front-proxy');
    expect(await doctor(['--contexts', 'staging', '-q', ...at])).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

describe('a cluster that fails is a row that says why, and hides no other', () => {
  const exec = (command: string, more: object = {}): User => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never', ...more },
  });
  test.each<[string, () => Promise<Context>, string, RegExp]>([
    ['nobody listens', async () => ({ port: 1 }), 'unreachable', /`http:\/\/127\.0\.0\.1:1` refused the connection/],
    ['nobody answers', async () => ({ port: (await silent()).port }), 'unreachable', /gave no answer within 1 s/],
    [
      'the credentials are bad',
      async () => ({ port: await listening(createServer((_, response) => response.writeHead(401).end('Unauthorized'))) }),
      'unreachable',
      /401/,
    ],
    ['a plugin is missing', async () => ({ port: 1, user: exec('/nowhere/plugin') }), 'unreachable', /is not installed/],
    ['a plugin fails', async () => ({ port: 1, user: exec('false') }), 'unreachable', /failed with exit status 1/],
    [
      'a plugin needs a terminal',
      async () => ({ port: 1, user: exec('true', { interactiveMode: 'Always' }) }),
      'unreachable',
      /is interactive, and standard input is not a terminal/,
    ],
    [
      "the kubeconfig's entry contradicts itself",
      async () => ({ port: 1, user: { token: 'a', password: 'b', username: 'c' } }),
      'not-checked',
      /has a token and a password, and only one can be sent/,
    ],
  ])('%s', async (_, failing, verdict, why) => {
    const [{ broken }, bad] = await Promise.all([recorded(), failing()]);
    const doctor = doctorOf({ bad, good: { port: broken } });
    const ran = await doctor(['--all-contexts', '--request-timeout', '1s', '-o', 'json', ...at]);
    const document = parsed(ran);
    expect([ran.status, verdicts(document)]).toEqual([1, [`bad: ${verdict}`, 'good: errors']]);
    expect(document.clusters[0]?.why).toMatch(why);
  });

  test('it alone gives 3, or 0 with --allow-incomplete', async () => {
    const { healthy } = await recorded();
    const doctor = doctorOf({ bad: { port: 1 }, good: { port: healthy } });
    const ran = await doctor(['--all-contexts', ...at]);
    expect(ran.status).toBe(3);
    expect(ran.stdout).toMatch(/^bad +<none> +unreachable +<none> +`http:\/\/127\.0\.0\.1:1` refused the connection: .*$/m);
    expect(ran.stdout).toMatch(/\n2 contexts · 1 unreachable · 1 healthy +exit 3\n$/);
    expect((await doctor(['--all-contexts', '--allow-incomplete', ...at])).status).toBe(0);
  });

  test('what keeps all of them from being checked is wrong usage', async () => {
    const { healthy, broken } = await recorded();
    const ran = await doctorOf({ a: { port: healthy }, b: { port: broken } })(['--all-contexts', '--target-version', '1.20']);
    expect(ran).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'aggctl: --target-version 1.20 is older than the current version v1.37.2\n',
    });
  });
});

describe('contexts of one cluster', () => {
  test('with one user are asked once', async () => {
    const { broken } = await recorded();
    const doctor = doctorOf({ prod: { port: broken }, 'prod-kube-system': { port: broken } });
    const document = parsed(await doctor(['--all-contexts', '-o', 'json', ...at]));
    expect(document.clusters).toMatchObject([
      { context: 'prod', verdict: 'errors', report: { kind: 'Report' } },
      { context: 'prod-kube-system', verdict: 'errors', sameAs: 'prod', report: null },
    ]);
    expect((await doctor(['--all-contexts', ...at])).stdout).toMatch(/^prod-kube-system +<none> +errors, as prod +<none> +<none>$/m);
  });
  test('with two users are asked as each, and said to be one', async () => {
    const { broken } = await recorded();
    const ran = await doctorOf({ admin: { port: broken }, jane: { port: broken, user: { as: 'jane' } } })(['--all-contexts', ...at]);
    expect(ran.stdout).toContain(`\nadmin and jane lead to one cluster, http://127.0.0.1:${broken}.\n`);
    expect(ran.stdout.match(/^── (admin|jane) /gm)).toHaveLength(2);
  });
});

test('one file of suppressions is for all: an entry that one cluster needs is not unused, and what is said of the file is said once', async () => {
  const { healthy, broken } = await recorded();
  const folder = emptyFolder();
  const entry = (check: string) => `  - check: ${check}\n    reason: known\n`;
  writeFileSync(
    join(folder, '.aggctl.yaml'),
    `suppressions:\n${entry('extension-servers-reject-front-proxy')}${entry('configmap-missing')}`,
  );
  const document = parsed(await doctorOf({ a: { port: healthy }, b: { port: broken } }, folder)(['--all-contexts', '-o', 'json', ...at]));
  expect([document.exitStatus, verdicts(document)]).toEqual([0, ['a: healthy', 'b: suppressed']]);
  expect(document.clusters.map(({ report }) => report?.findings.map(({ id, subject }) => `${id} ${subject.name}`))).toEqual([
    ['suppression-unused configmap-missing'],
    [],
  ]);
});

test('Ctrl-C ends all of them', async () => {
  const [one, other, { broken }] = await Promise.all([silent(), silent(), recorded()]);
  const doctor = doctorOf({ one: { port: one.port }, other: { port: other.port }, good: { port: broken } });
  const ran = await doctor(['--all-contexts', '--request-timeout', '1h'], {
    meanwhile: (child) => void Promise.all([one.met, other.met]).then(() => child.kill('SIGINT')),
  });
  expect(ran).toEqual({ status: 130, signal: null, stdout: '', stderr: '' });
});

describe('other formats', () => {
  const told = async (format: string) => {
    const { healthy, broken } = await recorded();
    const ran = await doctorOf({ 'st"ag': { port: healthy }, prod: { port: broken }, again: { port: broken }, bad: { port: 1 } })([
      '--all-contexts',
      '-o',
      format,
      ...at,
    ]);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    return ran.stdout;
  };
  test('prometheus: the label cluster, each metric once, a context of a known cluster never', async () => {
    const lines = (await told('prometheus')).trimEnd().split('\n');
    expect(lines).toContain(
      'aggctl_finding{cluster="prod",id="extension-servers-reject-front-proxy",scope="cluster",subject="",severity="error"} 1',
    );
    expect(lines.filter((line) => line.startsWith('aggctl_exit_status'))).toEqual([
      'aggctl_exit_status{cluster="st\\"ag"} 0',
      'aggctl_exit_status{cluster="prod"} 1',
      'aggctl_exit_status{cluster="bad"} 3',
    ]);
    const types = lines.filter((line) => line.startsWith('# TYPE'));
    expect(new Set(types).size).toBe(types.length);
    const samples = lines.filter((line) => !line.startsWith('#')).map((line) => line.replace(/ \S+$/, ''));
    expect(new Set(samples).size).toBe(samples.length);
    expect(lines.filter((line) => line.includes('again'))).toEqual([]);
  });
  test('junit: a suite for each cluster, and an error for one that was not reached', async () => {
    const text = await told('junit');
    expect([...text.matchAll(/<testsuite name="([^"]*)" tests="\d+" failures="(\d+)" errors="(\d+)"/g)].map(([, ...rest]) => rest)).toEqual(
      [
        ['st&#34;ag', '0', '0'],
        ['prod', '1', '0'],
        ['bad', '0', '1'],
      ],
    );
    expect(text).toMatch(/name="cluster-reached"><error message="`http:\S+ refused the connection: /);
  });
  test('sarif: a run for each cluster', async () => {
    const { runs } = JSON.parse(await told('sarif'));
    expect(
      runs.map(({ automationDetails, results }: { automationDetails: { id: string }; results: unknown[] }) => [
        automationDetails.id,
        results.length,
      ]),
    ).toEqual([
      ['aggctl/st"ag/', 0],
      ['aggctl/prod/', 1],
      ['aggctl/bad/', 0],
    ]);
  });
  test('markdown: a table, then each report', async () => {
    const text = await told('markdown');
    expect(text).toMatch(
      /^# aggctl: 4 clusters\n\n\| CONTEXT \| VERSION \| VERDICT \| FINDINGS \| FIRST CAUSE \|\n\| --- \| --- \| --- \| --- \| --- \|\n/,
    );
    expect(text).toContain('\n| prod | v1.37.2 | errors | 1 error | extension-servers-reject-front-proxy |\n| again |');
    expect(text.match(/^## aggctl: /gm)).toHaveLength(3);
  });
  test('jsonl: the document on the last line', async () => {
    const lines = (await told('jsonl')).trimEnd().split('\n');
    expect(parsed({ stdout: lines.at(-1) ?? '' }).clusters).toHaveLength(4);
    for (const line of lines.slice(0, -1)) expect(JSON.parse(line).kind).toBe('progress');
  });
});

describe('wrong usage', () => {
  const doctor = () => doctorOf({ prod: { port: 1 }, staging: { port: 2 } });
  test.each([
    [['--contexts', 'prod,stagin'], /^context 'stagin' not found in \S+ \(did you mean staging\?\); see: kubectl config get-contexts$/],
    [['--contexts', 'x'], /^context 'x' not found in \S+; see: kubectl config get-contexts$/],
    [['--contexts', 'prod', '--all-contexts'], /^--contexts and --all-contexts cannot be used together$/],
    [['--contexts', 'prod,'], /'--contexts <contexts>' argument 'prod,' is invalid/],
    [['--all-contexts', '--context', 'prod'], /^--context is for one cluster: remove it, or --all-contexts$/],
    [['--contexts', 'prod', '--snapshot', 'x'], /^--snapshot is for one cluster: remove it, or --contexts$/],
    [['--contexts', 'prod', '--demo'], /^--demo is for one cluster/],
    [['--contexts', 'prod', '--record', 'x'], /^--record is for one cluster/],
    [['--contexts', 'prod', '--nodes'], /^--nodes is for one cluster/],
    [['--contexts', 'prod', '--wait', '1m'], /^--wait is for one cluster/],
    [['--contexts', 'prod', '--node-image', 'x'], /^--node-image is for one cluster/],
    [['--contexts', 'prod', '--root', '/host'], /^--root is for one cluster/],
    [['--contexts', 'prod', '--manifest', 'x'], /^--manifest is for one cluster/],
    // A token of one cluster goes to no other.
    [['--contexts', 'prod', '--token', 'x'], /^--token is for one cluster/],
    [['--contexts', 'prod', '--server', 'x'], /^--server is for one cluster/],
    [['--contexts', 'prod', '--request-timeout', 'soon'], /`--request-timeout soon` is not a duration/],
    [['--contexts', 'prod', '--dry-run'], /^--dry-run needs --nodes$/],
    [['--contexts', 'prod', '--check', 'nosuch'], /^check 'nosuch' not found/],
  ])('%j', async (options, says) => {
    const ran = await doctor()(options);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    const [, sentence = ''] = /^aggctl: (.*)\n$/.exec(ran.stderr) ?? [];
    expect(sentence).toMatch(says);
  });
  test('without a kubeconfig', async () => {
    const env = { KUBECONFIG: '/nowhere' };
    expect(await doctor()(['--all-contexts'], { env })).toMatchObject({
      status: 2,
      stderr: 'aggctl: found no kubeconfig, so there is no context: set --kubeconfig or KUBECONFIG\n',
    });
  });
});

test('names of contexts reach the terminal as text', async () => {
  const { healthy } = await recorded();
  const name = 'a\x1b[2J\u202e$(b)';
  const ran = await doctorOf({ [name]: { port: healthy }, b: { port: 1 } })(['--all-contexts', ...at]);
  expect(ran.stdout).toContain('── a\\x1b[2J\\u202e$(b) ─');
  expect(ran.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
