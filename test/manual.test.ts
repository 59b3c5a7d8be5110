/** The manual pages that the build writes: one for each command, with all that its help names. The lab shows them in their readers. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { environment } from '../src/environment.ts';
import { program } from '../src/program.ts';
import { checkout } from './support/scenarios.ts';

const nothing = async () => {};
const root = program('aggctl', { conclude: nothing, show: nothing, print: nothing, surroundings: () => ({}) as never, terminal: false });
// record-node is for the Pods of --nodes, and help is what the pages are.
const commands = root.commands.filter((command) => !['record-node', 'help'].includes(command.name()));
const folder = join(checkout, 'dist/man');
const pages = [root, ...commands].map((command) => ({
  command,
  file: command === root ? 'aggctl.1' : `aggctl-${command.name()}.1`,
}));

test('there is a page for each command, and no other', () => {
  expect(readdirSync(folder)).toEqual(pages.map(({ file }) => file).sort());
});

test.each(pages)('$file has each option, command and description of the help', ({ command, file }) => {
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\\-', '-').replaceAll('\\(dq', '"').replace(/\s+/g, ' ');
  const help = command.createHelp();
  for (const option of help.visibleOptions(command))
    expect(text).toContain(`.B ${help.optionTerm(option)} ${help.optionDescription(option)}`);
  for (const each of commands) {
    expect(text).toContain(command === each ? `.TH AGGCTL-${each.name().toUpperCase()} 1` : `.BR aggctl-${each.name()} (1)`);
    if (command === root) expect(text).toContain(`.B ${each.name()} ${each.description()}`);
  }
  expect(text).not.toMatch(/undefined|\[object/);
});

test('aggctl.1 has each environment variable', () => {
  const text = readFileSync(join(folder, 'aggctl.1'), 'utf8').replaceAll('\\-', '-').replace(/\s+/g, ' ');
  for (const { names, does } of Object.values(environment).flat()) expect(text).toContain(`.B ${names.join(', ')} ${does}`);
});

test('no line of text begins as an order to roff, and the date is that of the source', () => {
  const made = mkdtempSync(join(tmpdir(), 'aggctl-man-test-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  const write = "import('./scripts/man.mjs').then(({ writeManual }) => writeManual(process.argv[1]))";
  execFileSync(process.execPath, ['-e', write, made], { cwd: checkout, env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000' } });
  for (const { file } of pages) {
    const lines = readFileSync(join(made, file), 'utf8').split('\n');
    expect(lines[0]).toContain(' 1 2023-11-14 "aggctl ');
    for (const line of lines) expect(line).toMatch(/^(?:\.(?:TH|SH|SS|TP|PP|B|BR|nh|ad)\b|[^.']|$)/);
  }
});
