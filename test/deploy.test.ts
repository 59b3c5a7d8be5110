/** deploy/: what it names exists, and what it runs is accepted by the command line. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments, parseDocument } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import type { Report } from '../src/model.ts';
import { podOf as nodePod } from '../src/nodes/pod.ts';
import { type Hands, program } from '../src/program.ts';
import { renderReportMetrics } from '../src/render/prometheus.ts';
import { alerts } from '../src/signatures/names.ts';
import { aggctl } from './cli/aggctl.ts';
import { reports } from './render/reports.ts';
import { checkout } from './support/scenarios.ts';

const folder = join(checkout, 'deploy');
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.yaml$|\.yml$|kubeconfig$/.test(path));
/** Of a file with one document. */
const yaml = (path: string) => parseDocument(read(path)).toJS();

test.each(files)('%s is YAML', (path) => {
  for (const document of parseAllDocuments(read(path))) expect('errors' in document && document.errors).toEqual([]);
});

describe('kubernetes', () => {
  const cronJob = (path: string) => yaml(`kubernetes/${path}/cronjob.yaml`);
  const podOf = (path: string) => cronJob(path).spec.jobTemplate.spec.template.spec;

  test('the rights are those that aggctl rbac prints, by the command in the first line', async () => {
    const [command = '', ...rest] = read('kubernetes/base/rbac.yaml').split('\n');
    const { stdout, status } = await aggctl(command.replace('# aggctl ', '').split(' '));
    expect(status).toBe(0);
    expect(rest.filter((line) => !line.startsWith('#')).join('\n')).toBe(stdout);
    const namespace = yaml('kubernetes/base/namespace.yaml').metadata.name;
    expect(
      stdout.startsWith(
        `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${podOf('base').serviceAccountName}\n  namespace: ${namespace}\n`,
      ),
    ).toBe(true);
    expect([cronJob('base').metadata.namespace, cronJob('control-plane').metadata.namespace]).toEqual([namespace, namespace]);
  });
  test.each(['base', 'control-plane'])('%s names files and directories that exist, and the image of this version', (path) => {
    const { resources, patches = [], configMapGenerator = [], images = [] } = yaml(`kubernetes/${path}/kustomization.yaml`);
    const named = [
      resources,
      patches.map((one: { path: string }) => one.path),
      configMapGenerator.flatMap((one: { files: string[] }) => one.files),
    ];
    for (const name of named.flat()) expect(existsSync(join(folder, 'kubernetes', path, name)), name).toBe(true);
    for (const { name, newTag } of images) expect([name, newTag]).toEqual([podOf('base').containers[0].image, manifest.version]);
  });
  test('the patch runs what the base runs, and adds to it', () => {
    const [base] = podOf('base').containers;
    const [patch] = podOf('control-plane').containers;
    expect(cronJob('control-plane').metadata).toEqual(cronJob('base').metadata);
    expect(patch.name).toBe(base.name);
    expect(patch.command.slice(0, base.command.length)).toEqual(base.command);
  });
  test('the Pod may write metrics, and nothing else', () => {
    const pod = podOf('base');
    const [{ securityContext, volumeMounts }] = pod.containers;
    expect(securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(securityContext.privileged).toBeUndefined();
    const mounts = [...volumeMounts, ...podOf('control-plane').containers[0].volumeMounts];
    expect(mounts.filter((one) => !one.readOnly).map((one) => one.mountPath)).toEqual(['/metrics']);
    expect(pod.containers[0].command).toContain('--output=prometheus=/metrics/aggctl.prom');
  });
  test('the node is mounted as by --nodes', () => {
    const [{ volumeMounts }] = podOf('control-plane').containers;
    const byNodes = nodePod('cp-1', { namespace: 'aggctl', image: 'aggctl' }) as unknown as {
      spec: { containers: { volumeMounts: unknown[] }[] };
    };
    expect(volumeMounts).toEqual(expect.arrayContaining(byNodes.spec.containers[0]?.volumeMounts ?? []));
  });
  test('on a node aggctl uses the ServiceAccount', () => {
    const { clusters, users } = yaml('kubernetes/control-plane/kubeconfig');
    const account = '/var/run/secrets/kubernetes.io/serviceaccount';
    expect(users[0].user).toEqual({ tokenFile: `${account}/token` });
    expect(clusters[0].cluster['certificate-authority']).toBe(`${account}/ca.crt`);
    const [{ command, volumeMounts }] = podOf('control-plane').containers;
    const mounted = volumeMounts.find(({ name }: { name: string }) => name === 'kubeconfig').mountPath;
    expect(command).toContain(`--kubeconfig=${mounted}/kubeconfig`);
  });
});

describe('prometheus', () => {
  interface Rule {
    readonly alert: string;
    readonly expr: string;
    readonly annotations: Readonly<Record<string, string>>;
  }
  const { groups } = yaml('prometheus/rules.yaml');
  const rules: readonly Rule[] = groups.flatMap(({ rules }: { rules: readonly Rule[] }) => rules);
  /** Metrics of a report with a finding of each kind, each with its labels. */
  const known = (() => {
    const broken = reports['broken-on-the-node'] as Report;
    const certificate = {
      role: 'r',
      name: 'n',
      ignored: null,
      nodes: ['cp-1'],
      places: ['a'],
      serial: { hex: '1' },
      expires: broken.capturedAt,
    };
    const certificates = [certificate, { ...certificate, nodes: [] }];
    const text = renderReportMetrics({ ...broken, certificates } as never);
    const labels = new Map<string, Set<string>>();
    for (const [, name = '', inside = ''] of text.matchAll(/^([a-z_]+)(?:\{(.*)\})? /gm))
      for (const label of ['', ...[...inside.matchAll(/([a-z_]+)="/g)].map(([, label = '']) => label)])
        labels.set(name, (labels.get(name) ?? new Set()).add(label));
    return labels;
  })();

  test('the rule for the operator is the same', () => {
    expect(yaml('prometheus/prometheus-rule.yaml').spec).toEqual({ groups });
  });
  test.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s names metrics and labels that aggctl writes',
    (_, { expr, annotations }) => {
      const metrics = [...expr.matchAll(/\baggctl_[a-z_]+/g)].map(([name]) => name);
      expect(metrics.length).toBeGreaterThan(0);
      // Prometheus adds the first two; of several clusters, aggctl writes the second itself.
      const labels = new Set(['instance', 'cluster', ...metrics.flatMap((name) => [...(known.get(name) ?? [])])]);
      for (const name of metrics) expect([...known.keys()]).toContain(name);
      const used = [...expr.matchAll(/by \(([^)]*)\)|\{(\w+)=/g)].flatMap(([, by, matched]) => (by ?? matched ?? '').split(', '));
      for (const label of used) expect(labels).toContain(label);
      const kept = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, by = '']) => by.split(', '));
      for (const [, label] of Object.values(annotations)
        .join(' ')
        .matchAll(/\$labels\.(\w+)/g))
        expect(kept).toContain(label);
    },
  );
  test('docs/alerts.md lists what aggctl explain says of each alert', () => {
    const rows = alerts.map(({ name, meaning, next }) => `| \`${name}\` | ${meaning} | ${next} |`);
    expect(readFileSync(join(checkout, 'docs/alerts.md'), 'utf8')).toContain(`| --- | --- | --- |\n${rows.join('\n')}\n\n`);
  });
  test.each(rules.map((rule) => [rule.alert, rule] as const))('%s keeps problems of several clusters apart', (_, { expr }) => {
    for (const [, by = ''] of expr.matchAll(/by \(([^)]*)\)/g)) expect(by.split(', ')).toContain('cluster');
  });
  test('aggctl explain knows each alert', () => {
    const own = alerts.filter(({ name }) => name.startsWith('Aggctl')).map(({ name }) => name);
    expect(rules.map(({ alert }) => alert)).toEqual(own);
  });
});

describe('the GitHub action', () => {
  const { runs } = yaml('github-action/action.yml');
  const step = runs.steps.find(({ id }: { id?: string }) => id === 'lint');
  const workspace = mkdtempSync(join(tmpdir(), 'aggctl-action-'));
  afterAll(() => rmSync(workspace, { recursive: true }));
  symlinkSync(join(checkout, 'bin/aggctl.js'), join(workspace, 'aggctl'));
  /** Runs the step as GitHub does, and says what it reports. */
  const lintStep = (files: string, failOn = 'error') => {
    const output = join(workspace, 'output');
    writeFileSync(output, '');
    const env = {
      PATH: `${workspace}:${process.env.PATH}`,
      FILES: files,
      FAIL_ON: failOn,
      SARIF_FILE: 'aggctl.sarif',
      GITHUB_OUTPUT: output,
    };
    const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], { cwd: workspace, env });
    return { status, output: readFileSync(output, 'utf8') };
  };
  const manifest = join(checkout, 'test/lint/manifests/metrics-server.yaml');

  test('with problems it fails, and the results are there to upload', { timeout: 60_000 }, () => {
    expect(lintStep(manifest, 'warning')).toEqual({ status: 1, output: 'written=true\n' });
    expect(JSON.parse(readFileSync(join(workspace, 'aggctl.sarif'), 'utf8')).runs).toHaveLength(1);
  });
  test('without an APIService it fails, and nothing is uploaded', { timeout: 60_000 }, () => {
    writeFileSync(join(workspace, 'aggctl.sarif'), 'of an earlier run');
    writeFileSync(join(workspace, 'other.yaml'), 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n');
    expect(lintStep('*.yaml')).toEqual({ status: 2, output: '' });
  });
  test('the upload waits for the results', () => {
    const upload = runs.steps.find(({ uses = '' }: { uses?: string }) => uses.includes('upload-sarif'));
    expect(upload.if).toContain("steps.lint.outputs.written == 'true'");
  });
  test('it installs by the script of the repository', () => {
    const [, path = ''] = /\$GITHUB_ACTION_PATH\/([^"]+)"/.exec(runs.steps[0].run) ?? [];
    expect(existsSync(join(folder, 'github-action', path))).toBe(true);
  });
});

test('deploy/README.md names every directory with files, and each of its files exists', () => {
  const links = [...read('README.md').matchAll(/\]\(([^)#]+)/g)].map(([, link = '']) => link);
  for (const link of links) expect(existsSync(join(folder, link)), link).toBe(true);
  for (const path of files.filter((one) => !one.startsWith('kubernetes/'))) expect(links).toContain(path);
  for (const path of ['kubernetes/base', 'kubernetes/control-plane']) expect(links).toContain(path);
});

describe('every command line', () => {
  /** Arguments without shell: a variable stands for one value, or at the end for files. */
  const wordsOf = (line: string) =>
    line
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^"(.*)"$/, '$1'));
  const values: Readonly<Record<string, string>> = { FAIL_ON: 'warning', SARIF_FILE: 'a.sarif', FILES: 'a.yaml' };
  const filled = (line: string) => line.replace(/\$(\w+)/g, (_, name: string) => values[name] ?? name);
  const lines = files.flatMap((path) => {
    const inScripts = [...read(path).matchAll(/^\s*(?:- )?(aggctl \w.*)$/gm)].map(([, line = '']) => wordsOf(filled(line)));
    const commands = path.endsWith('cronjob.yaml')
      ? [yaml(path).spec.jobTemplate.spec.template.spec.containers[0].command as string[]]
      : [];
    return [...inScripts, ...commands].map((words) => ({ path, words: words.slice(1) }));
  });
  /** Parses as the program does, and runs no command. */
  const hands: Hands = {
    surroundings: () => ({ signal: new AbortController().signal, env: {}, now: () => new Date(), sleep: async () => {} }),
    conclude: async () => {},
    show: async () => {},
    print: async () => {},
    terminal: false,
  };

  test('is found', () =>
    expect(lines.map(({ path }) => path)).toEqual(expect.arrayContaining(files.filter((path) => /cronjob|action|gitlab/.test(path)))));
  // Loading a command takes long on a busy machine.
  test.each(lines)('$path: aggctl $words', { timeout: 60_000 }, async ({ words }) => {
    await expect(program('aggctl', hands).parseAsync(words, { from: 'user' })).resolves.toBeDefined();
  });
  test('a wrong one is refused', async () => {
    await expect(program('aggctl', hands).parseAsync(['doctor', '--fail-in', 'never'], { from: 'user' })).rejects.toThrow(/fail-in/);
  });
});
