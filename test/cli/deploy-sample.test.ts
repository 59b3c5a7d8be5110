import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { checkout } from '../support/scenarios.ts';
import { aggctl, program, run } from './aggctl.ts';

const deploy = (...options: string[]) => aggctl(['deploy-sample', ...options]);

describe('--dry-run', () => {
  test('prints the objects for kubectl, needs no cluster, and says what it holds', async () => {
    const { stdout, stderr, status } = await deploy('--dry-run');
    expect(status).toBe(0);
    expect(parseAllDocuments(stdout).map((document) => document.toJS().kind)).toEqual([
      'Namespace',
      'ServiceAccount',
      'ClusterRole',
      'ClusterRoleBinding',
      'ClusterRoleBinding',
      'RoleBinding',
      'ConfigMap',
      'Secret',
      'Deployment',
      'Service',
      'APIService',
    ]);
    expect(stderr).toBe("warning: the output contains the private key of the sample's serving certificate, in Secret wardle-serving\n");
  });

  test('-o json is a list that kubectl takes', async () => {
    const { stdout } = await deploy('--dry-run', '-o', 'json');
    const list = JSON.parse(stdout);
    expect([list.kind, list.apiVersion, list.items.length]).toEqual(['List', 'v1', 11]);
  });

  const onTerminal = (command: string) =>
    run(['script', '--quiet', '--return', '--command', `${program.join(' ')} deploy-sample ${command}`, '/dev/null']);
  test('a terminal gets the private key only when asked for', async () => {
    const refused = await onTerminal('--dry-run');
    expect(refused.status).toBe(2);
    expect(refused.stdout).toContain('add --show-secrets');
    expect(refused.stdout).not.toContain('tls.key:');
    const shown = await onTerminal('--dry-run --show-secrets');
    expect(shown.status).toBe(0);
    expect(shown.stdout).toContain('tls.key:');
  });
});

test.each([
  [['--delete', '--cleanup'], '--delete and --cleanup cannot be used together'],
  [['--keep', '--dry-run'], '--keep and --dry-run cannot be used together'],
  [['--dry-run=both'], "--dry-run must be client or server, not 'both'"],
  [['--dry-run', '-o', 'jsonl'], '--dry-run prints YAML or JSON: remove -o jsonl'],
  [['--namespace', 'Wardle'], "--namespace 'Wardle' is not a valid namespace name"],
  [
    ['-n', 'kube-system'],
    '--namespace kube-system belongs to the cluster; use a namespace for the sample alone, because it is deleted with the sample',
  ],
  [
    ['--name-prefix', 'My_'],
    "--name-prefix 'My_' may contain only lowercase letters, digits, dashes and dots, and must start with a letter or digit",
  ],
  [['--image-pull-secret', 'mine'], "--image-pull-secret must be the NAMESPACE/NAME of a Secret, not 'mine'"],
  [['--timeout', 'soon'], "--timeout must be a duration such as 30d, 12h or 1d12h, not 'soon'"],
  [[], 'no cluster to deploy to: set --kubeconfig or KUBECONFIG'],
])('%j', async (options, message) => {
  expect(await deploy(...options)).toEqual({ status: 2, signal: null, stdout: '', stderr: `aggctl: ${message}\n` });
});

test('no step begins when the time for the whole run is over', async () => {
  const { stdout, status } = await deploy('--server', 'https://127.0.0.1:1', '--timeout', '0s', '-o', 'json');
  const { steps, notRun, findings } = JSON.parse(stdout);
  expect([status, steps.length, notRun.length, findings]).toEqual([124, 1, 7, []]);
  expect(steps[0].message).toBe('`--timeout` ended before this step could start');
});

test('a server that does not answer fails the first step', async () => {
  const { stdout, status } = await deploy('--server', 'https://127.0.0.1:1', '-o', 'json');
  const { steps, notRun, left, summary } = JSON.parse(stdout);
  expect([status, summary.exitStatus]).toEqual([3, 3]);
  expect(steps.map(({ id, status: ended }: { id: string; status: string }) => [id, ended])).toEqual([['preflight', 'failed']]);
  expect(steps[0].message).toContain('`https://127.0.0.1:1` refused the connection');
  expect([notRun.length, left]).toEqual([7, null]);
});

test('help, README.md and the guided tour say the same about what stays', async () => {
  const says = 'The sample stays in the cluster until aggctl deploy-sample --delete removes it; --cleanup removes it after the last step.';
  const flat = (text: string) => text.replaceAll('`', '').replace(/\s+/g, ' ');
  expect(flat((await deploy('--help')).stdout)).toContain(says);
  for (const page of ['README.md', 'docs/sample-tour.md']) expect(flat(await readFile(join(checkout, page), 'utf8'))).toContain(says);
});
