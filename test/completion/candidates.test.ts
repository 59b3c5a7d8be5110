import { expect, test } from 'vitest';
import { candidatesOf } from '../../src/completion/candidates.ts';
import { program } from '../../src/program.ts';

const nothing = async () => {};
const root = program('aggctl', { conclude: nothing, show: nothing, print: nothing, surroundings: () => ({}) as never, terminal: false });
const values = (...words: string[]) => candidatesOf(root, words).candidates.map(({ value }) => value);
const kind = (...words: string[]) => candidatesOf(root, words).kind;

test('commands, without those that nobody types', () => {
  expect(values('')).toEqual(expect.arrayContaining(['doctor', 'check-apiservice', 'completion']));
  expect(values('')).not.toContain('record-node');
  expect(values('no-such-command', '')).toEqual([]);
});
test('options of the command, and those alone', () => {
  expect(values('doctor', '-')).toContain('--check');
  expect(values('explain', '-')).not.toContain('--check');
});
test('values that an option allows, in both forms', () => {
  expect(values('doctor', '-o', '')).toContain('jsonl');
  expect(values('doctor', '--output=')).toContain('--output=jsonl');
  expect(values('completion', '')).toEqual(['bash', 'zsh', 'fish', 'powershell']);
});
test.each([
  ['checks', 'explain', ''],
  ['checks', 'doctor', '--check', ''],
  ['checks', 'doctor', '--skip=a'],
  ['demos', 'doctor', '--demo', ''],
  ['contexts', 'certs', '--context', 'x'],
  ['clusters', 'certs', '--cluster', ''],
  ['users', 'certs', '--user', ''],
  ['apiservices', 'check-apiservice', ''],
  ['apiservices', 'check-apiservice', 'v1.a.b', ''],
  ['files', 'snapshot', ''],
  ['files', 'doctor', '--snapshot', ''],
  ['folders', 'doctor', '--root', ''],
  ['nothing', 'doctor', '--at', ''],
  ['nothing', 'doctor', ''],
])('%s: %j', (wanted, ...words) => expect(kind(...words)).toBe(wanted));
test('what was given before leads to the cluster that is asked', () => {
  expect(candidatesOf(root, ['check-apiservice', '--context', 'prod', '--kubeconfig=/k', '']).given).toEqual({
    context: 'prod',
    kubeconfig: '/k',
  });
});
