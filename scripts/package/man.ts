/** `man.ts FOLDER`: writes the man pages, aggctl.1 and one for each command, made of what `--help` says (man(7)). */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { version } from '../../src/package.ts';
import { program } from '../../src/program.ts';

const nothing = async () => {};
const root = program('aggctl', { conclude: nothing, show: nothing, print: nothing, surroundings: () => ({}) as never, terminal: false });
const commands = root
  .createHelp()
  .visibleCommands(root)
  .filter((one) => one.name() !== 'help');

/** A line of text: no request, no escape, and hyphens that can be copied. */
const text = (value: string) =>
  value
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1');
const title = (name: string) => `.TH ${name.toUpperCase()} 1 "" "aggctl ${version}" "aggctl"`;
const section = (name: string, ...lines: string[]) => [`.SH ${name}`, ...lines];

function option({ flags, description, argChoices }: Option): string[] {
  const choices = argChoices ? ` (${argChoices.join(', ')})` : '';
  return ['.TP', `.B ${text(flags)}`, text(`${description}${choices}`)];
}
function optionsOf(command: Command): string[] {
  const help = command.createHelp();
  const groups = help.groupItems(command.options as Option[], help.visibleOptions(command), (one) => one.helpGroupHeading ?? 'Options:');
  return [...groups].flatMap(([heading, options]) => [`.SS ${text(heading.replace(/:$/, ''))}`, ...options.flatMap(option)]);
}
/** What stands after the options: examples and remarks, as they are. */
function remarks(command: Command): string[] {
  let after = '';
  command.configureOutput({ writeOut: (value) => (after += value) });
  command.outputHelp();
  const behind = after.slice(after.lastIndexOf('print this help')).split('\n').slice(1).join('\n').trim();
  return behind === '' ? [] : section('EXAMPLES AND REMARKS', '.nf', ...behind.split('\n').map(text), '.fi');
}
const statuses = ['0', '1', '2', '3', '124', '130'] as const;
const meaning: Readonly<Record<(typeof statuses)[number], string>> = {
  0: 'nothing was found',
  1: 'a problem was found (at or above --fail-on)',
  2: 'the command line is wrong, or there is nothing to look at',
  3: 'something could not be checked, or aggctl itself failed',
  124: '--wait or --timeout ran out',
  130: 'interrupted',
};
const exitStatus = section('EXIT STATUS', ...statuses.flatMap((status) => ['.TP', `.B ${status}`, text(meaning[status])]));

const page = (command: Command): string[] => [
  title(`aggctl-${command.name()}`),
  ...section('NAME', `aggctl\\-${text(command.name())} \\- ${text(command.description())}`),
  ...section('SYNOPSIS', `.B aggctl ${text(command.name())}`, text(command.usage())),
  ...section('OPTIONS', ...optionsOf(command)),
  ...remarks(command),
  ...exitStatus,
  ...section('SEE ALSO', '.BR aggctl (1)'),
];
const whole: string[] = [
  title('aggctl'),
  ...section('NAME', `aggctl \\- ${text(root.description())}`),
  ...section('SYNOPSIS', '.B aggctl', text('COMMAND [options]'), '.br', '.B kubectl aggctl', text('COMMAND [options]')),
  ...section('COMMANDS', ...commands.flatMap((one) => ['.TP', `.BR aggctl\\-${text(one.name())} (1)`, text(one.description())])),
  ...exitStatus,
];

const [folder = 'man'] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'aggctl.1'), `${whole.join('\n')}\n`);
for (const one of commands) await writeFile(join(folder, `aggctl-${one.name()}.1`), `${page(one).join('\n')}\n`);
