/** The manual pages, from the help of commander: aggctl.1, and one for each command. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { asModule } from './bundle.mjs';

/** Writes them into the folder. */
export async function writeManual(folder) {
  await mkdir(folder, { recursive: true });
  const { root, environment } = await definitions();
  const pages = [root, ...commandsOf(root)];
  const about = { date: await dateOfSource(), version: root.version(), names: pages.map(pageName), environment };
  for (const command of pages) await writeFile(join(folder, `${pageName(command)}.1`), page(command, about));
}

async function definitions() {
  const folder = await mkdtemp(join(tmpdir(), 'aggctl-man-'));
  const imported = async (name) => {
    await asModule(`src/${name}.ts`, join(folder, `${name}.mjs`));
    return import(pathToFileURL(join(folder, `${name}.mjs`)).href);
  };
  try {
    const [{ program }, { environment }] = await Promise.all(['program', 'environment'].map(imported));
    return { root: program('aggctl', {}), environment };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Without those that nobody types. */
const commandsOf = (command) =>
  command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => each.name() !== 'help');

/** The same for the same source: SOURCE_DATE_EPOCH (reproducible-builds.org), the commit's, or where there is no repository package.json's. */
async function dateOfSource() {
  const commit = () => promisify(execFile)('git', ['log', '-1', '--format=%ct']).then(({ stdout }) => Number(stdout));
  const seconds = Number(process.env.SOURCE_DATE_EPOCH) || (await commit().catch(() => 0)) || (await stat('package.json')).mtimeMs / 1000;
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

const pageName = (command) => (command.parent ? `${command.parent.name()}-${command.name()}` : command.name());

function page(command, { date, version, names, environment }) {
  const help = command.createHelp();
  const name = pageName(command);
  const { paragraphs, sections } = below(command);
  const list = (items) =>
    items.flatMap(([term, text], index) => [
      ...(text ? ['.TP'] : index > 0 ? ['.PP'] : []),
      `.B ${escaped(term)}`,
      ...(text ? [filled(text)] : []),
    ]);
  const commands = commandsOf(command);
  const options = grouped(help.visibleOptions(command), (option) => option.helpGroupHeading ?? 'Options:');
  const lines = [
    `.TH ${name.toUpperCase()} 1 ${date} "aggctl ${version}" "aggctl manual"`,
    // Flush left, and no word is broken: they are names.
    '.nh',
    '.ad l',
    '.SH NAME',
    filled(`${name} - ${summary(command)}`),
    '.SH SYNOPSIS',
    `.B ${escaped(help.commandUsage(command))}`,
    '.SH DESCRIPTION',
    filled(command.parent ? `${capitalized(command.description())}.` : command.description()),
    ...paragraphs.flatMap((text) => ['.PP', filled(text)]),
    ...(commands.length > 0 ? ['.SH COMMANDS', ...list(commands.map((each) => [each.name(), each.description()]))] : []),
    '.SH OPTIONS',
    ...options.flatMap(([heading, members]) => [
      ...(options.length > 1 ? [`.SS ${escaped(heading.replace(/:$/, ''))}`] : []),
      ...list(members.map((option) => [help.optionTerm(option), help.optionDescription(option)])),
    ]),
    ...sections.flatMap(({ heading, text, items }) => [`.SH ${heading.toUpperCase()}`, ...(text ? [filled(text)] : []), ...list(items)]),
    ...(command.parent
      ? []
      : [
          '.SH ENVIRONMENT',
          ...list(
            Object.values(environment)
              .flat()
              .map((each) => [each.names.join(', '), each.does]),
          ),
        ]),
    '.SH SEE ALSO',
    names
      .filter((other) => other !== name)
      .map((other) => `.BR ${escaped(other)} (1)`)
      .join(' ,\n'),
  ];
  return `${lines.join('\n')}\n`;
}

const grouped = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
};

/** After a name and a dash comes half a sentence. */
const summary = (command) => (command.parent ? command.description() : 'doctor for the Kubernetes API aggregation layer');
const capitalized = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** What the help says below the options: paragraphs, lists (two spaces before each item), and what has a heading of its own. */
function below(command) {
  let whole = '';
  command.configureOutput({ writeOut: (text) => (whole += text) }).outputHelp();
  const blocks = whole.slice(command.helpInformation().length).trim().split('\n\n').filter(Boolean);
  const paragraphs = [];
  const sections = [];
  for (const block of blocks) {
    const [first, ...rest] = block.split('\n');
    const [, heading, start = ''] = /^(Exit status|[A-Z]\w+):(?: (.*))?$/.exec(first) ?? [];
    const items = rest.filter((line) => line.startsWith('  ')).map((line) => line.trim().split(/ {2,}/));
    const text = [heading ? start : first, ...rest.filter((line) => !line.startsWith('  '))].join(' ').trim();
    if (heading) sections.push({ heading, text, items: items.map(([term, ...more]) => [term, more.join('; ')]) });
    else if (items.length > 0) sections.push({ heading: 'Setup', text, items: items.map(([term, ...more]) => [term, more.join(', ')]) });
    else paragraphs.push(text);
  }
  return { paragraphs, sections };
}

/** Text for roff, in lines of at most 80 characters: nothing in it is an order. */
const filled = (text) =>
  escaped(text)
    .match(/\S.{0,77}\S(?!\S)|\S+/g)
    .map(inert)
    .join('\n');
const escaped = (text) => text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq');
const inert = (line) => line.replace(/^(?=[.'])/, '\\&');
