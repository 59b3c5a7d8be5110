import { describe, expect, test } from 'vitest';
import type { SampleRun, StepEvent } from '../../src/model.ts';
import { render, renderStep, type Style } from '../../src/render/index.ts';
import { sh } from '../../src/sh.ts';

const style: Style = { color: 0, width: 60, ascii: false, verbosity: 'normal', terminal: false, headers: true };
const step: StepEvent = { kind: 'step', id: 'rollout', title: 'Run the sample', number: 4, of: 8 };
const note: StepEvent = { kind: 'note', id: 'rollout', message: 'container etcd is started, \x1b[31mit says' };
const result = { id: 'rollout', title: 'Run the sample', proves: 'the pod runs', hop: 'Service and pod', notes: [], ms: 3940 };
const done: StepEvent = { kind: 'ended', ...result, status: 'done', findings: [] };
const finding = {
  id: 'extension-server-crashes',
  subject: { scope: 'apiservice', name: 'v1alpha1.wardle.example.com' },
  severity: 'error',
  message: 'Container `etcd` keeps exiting.',
  at: { object: 'Pod wardle/one' },
  evidence: [],
  fix: { text: 'See why.', commands: [] },
  effects: [],
  symptoms: [],
  mayBeExplainedBy: [],
} as const;
const failed: StepEvent = { kind: 'ended', ...result, status: 'failed', message: 'The pod cannot start', findings: [finding] };
const run: SampleRun = {
  schemaVersion: 1,
  kind: 'SampleRun',
  aggctl: '1.0.0',
  server: 'https://10.0.0.1:6443',
  action: 'deploy',
  steps: [{ ...result, status: 'done' }],
  notRun: [],
  findings: [],
  removeWith: sh`aggctl deploy-sample --delete --context prod`,
  left: [
    { kind: 'RoleBinding', namespace: 'kube-system', name: 'wardle-auth-reader' },
    { kind: 'Namespace', name: 'wardle' },
  ],
  ms: 12_300,
  summary: { done: 1, failed: 0, notRun: 0, exitStatus: 0 },
};
const told = async (events: readonly StepEvent[], change: Partial<Style> = {}) =>
  (await Promise.all(events.map((event) => renderStep(event, 'text', { ...style, ...change })))).join('');

describe('a step', () => {
  test('tells what it does, sees and proves', async () => {
    expect(await told([step, note, done])).toBe(`4/8 Run the sample
    container etcd is started, \\x1b[31mit says
  ✓ Proven: the pod runs. (3.9s)

`);
  });

  test('that fails shows what the checks found', async () => {
    expect(await told([failed])).toBe(`  ✗ The pod cannot start. (rollout, 3.9s)

✗ extension-server-crashes · v1alpha1.wardle.example.com
  Container \`etcd\` keeps exiting.
  at        Pod wardle/one
  fix       See why.

Next: See why
    aggctl explain extension-server-crashes

`);
  });

  test('is silent under --quiet unless it fails, and 7-bit under --ascii', async () => {
    expect(await told([step, note, done], { verbosity: 'quiet' })).toBe('');
    expect(await told([{ ...failed, message: 'No answer: check the address.' }])).toContain('✗ No answer: check the address. (rollout');
    expect(await told([failed], { verbosity: 'quiet' })).toContain('The pod cannot start');
    expect(await told([step, note, done, failed], { ascii: true })).toMatch(/^[\n -~]+$/);
  });

  test('is a line of jsonl once it has ended, and nothing of the other formats', async () => {
    const lines = await Promise.all([step, note, done].map((event) => renderStep(event, 'jsonl', style)));
    expect(lines.slice(0, 2)).toEqual(['', '']);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ kind: 'Step', id: 'rollout', status: 'done' });
    expect(await renderStep(done, 'json', style)).toBe('');
  });
});

describe('the end', () => {
  test('tells what is left, and how to remove it', async () => {
    expect(await render(run, 'text', style)).toBe(`Proven, hop by hop: Service and pod.
Left in the cluster: RoleBinding
  kube-system/wardle-auth-reader and Namespace wardle, with
  everything in the namespace.
Remove it with: aggctl deploy-sample --delete --context prod
1 step done · 12s                                     exit 0
`);
  });

  test('tells nothing of what was not looked at', async () => {
    const text = await render(
      { ...run, left: null, notRun: ['data'], summary: { done: 1, failed: 1, notRun: 1, exitStatus: 1 } },
      'text',
      style,
    );
    expect(text).toBe(`Proven, hop by hop: Service and pod.
Skipped after the failure: data.
1 step done · 1 failed · 12s                          exit 1
`);
  });
});
