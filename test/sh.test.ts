/** Commands are safe to paste, whatever their values are. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sh } from '../src/sh.ts';
import { importGraph } from './support/imports.ts';
import { checkout } from './support/scenarios.ts';

const run = (command: string): string => execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' });

const values = [
  'api',
  '',
  'a b',
  "o'hara",
  'a"b',
  '$(touch X)',
  '`touch X`',
  'a;touch X',
  'a\\nb',
  '*',
  '~',
  '=ls',
  '!!',
  '#a',
  '-x',
  '../a',
  'ä',
  '{a,b}',
];
test.each(values)('sh reads %j as one word', (value) => {
  expect(run(sh`printf -- '%s\\n' ${value} b`)).toBe(`${value}\nb\n`);
  expect(run(sh`printf -- '%s\\n' --a=${value}:${value}.svc`)).toBe(`--a=${value}:${value}.svc\n`);
  expect(run(sh`printf -- '%s\\n' ${JSON.stringify([value])}`)).toBe(`${JSON.stringify([value])}\n`);
  expect(run(sh`printf -- '%s\\n' ${[value, value]}`)).toBe(`${value}\n${value}\n`);
});

describe('a command', () => {
  test.each<[string, string, string]>([
    [
      'plain values stay as they are',
      sh`kubectl -n ${'kube-system'} get pod ${'a.b:c/d@e'} --tail=${50}`,
      'kubectl -n kube-system get pod a.b:c/d@e --tail=50',
    ],
    ['a value that looks like a flag is an operand', sh`rm ${'-x'}`, "rm -- '-x'"],
    ['of several values, too', sh`rm ${['a', '-x']} ${'-y'}`, "rm -- a '-x' '-y'"],
    ['where the template has `--` already', sh`ls -l -- ${'-x'}`, "ls -l -- '-x'"],
    ['behind the next command, again', sh`ls -- ${'-x'} && ls ${'-x'}`, "ls -- '-x' && ls -- '-x'"],
    ['or it belongs to a flag', sh`kubectl -n ${'-x'} get`, "kubectl -n '-x' get"],
    ['also a flag of which the name is a value', sh`kubectl --${'context'} ${'-x'}`, "kubectl --context '-x'"],
    ['but a list to none', sh`ls -l ${['a', '-x']} && b`, "ls -l -- a '-x' && b"],
    ['nor to one with its value', sh`grep -A1 ${'-x'}`, "grep -A1 -- '-x'"],
    ['or to a redirection', sh`cat > ${'-x'}`, "cat > '-x'"],
    ['within a substitution', sh`echo $(cat ${'-x'}):${'-y'}`, "echo $(cat -- '-x'):'-y'"],
    ['control and invisible characters are dropped', sh`a ${'b\n\x1b]52;c\x07\u202e\x7f\u2028c'}`, "a 'b]52;cc'"],
    [
      'no word of a comment is a flag',
      sh`kubectl edit x    # ${'a'}, ${'--server=b'} and ${'c --server=d'}`,
      "kubectl edit x    # a, ' --server=b' and 'c --server=d'",
    ],
    [
      'but one that means nothing to vi',
      sh`vi f; vi g    # ${'Set --a=b'}, not ${'-S/tmp/c'}`,
      "vi f; vi g    # Set --a=b, not ' -S/tmp/c'",
    ],
    [
      'a comment stays one, and is safe as arguments',
      sh`vi ${'f'}    # set ${'--a=b c'}; ${'d\ntouch X;'}`,
      "vi f    # set --a=b c; 'dtouch X;'",
    ],
    ['another command is taken as it is', sh`${{ command: sh`a ${'b c'}` }} | d`, "a 'b c' | d"],
    ['a long value is cut', sh`a ${'x'.repeat(100_000)}`, `a '${'x'.repeat(4096)}…'`],
  ])('%s', (_, command, expected) => expect(command).toBe(expected));

  test('a value inside quotes is a mistake', () => {
    expect(() => sh`a '${'b'}'`).toThrow('inside quotes');
    expect(() => sh`a "${'b'}"`).toThrow('inside quotes');
    expect(() => sh`a "\\"${'b'}"`).toThrow('inside quotes');
  });
});

test('nobody else makes a command', () => {
  const casting = /\bas (?:unknown as )?(?:readonly )?Command\b/;
  expect(casting.test('text as Command')).toBe(true);
  const files = Object.keys(importGraph()).filter((path) => casting.test(readFileSync(join(checkout, path), 'utf8')));
  expect(files).toEqual(['src/sh.ts']);
});
