/** The import directions, shown by breaking each; and the folders of src/, as README draws them. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import biome from '../biome.json' with { type: 'json' };
import { checkout } from './support/scenarios.ts';

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
}
/** A file, what it says, and what it is told. */
const violations: readonly (readonly [file: string, line: string, message: string])[] = [
  ['src/model/x.ts', "import 'node:fs';", 'The vocabulary imports nothing: everything else leans on it.'],
  ['src/wording.ts', "import './checks/index.ts';", 'The vocabulary imports nothing: everything else leans on it.'],
  ['src/repairs.ts', "import './facts/index.ts';", 'Repairs are pure data for checks.'],
  ['src/checks/a.ts', "import 'node:fs';", 'A check is a pure judgement of facts: it reads neither the world nor another layer.'],
  ['src/checks/b.ts', "import '../facts/pem.ts';", 'A check is a pure judgement of facts: it reads neither the world nor another layer.'],
  ['src/checks/c.ts', 'export const x = Date;', 'Do not use the global variable Date.'],
  ['src/checks/d.ts', 'export const x = process;', 'Do not use the global variable process.'],
  ['src/checks/e.ts', 'export const x = console;', 'Do not use the global variable console.'],
  ['src/checks/g.ts', 'export const x = Buffer;', 'Do not use the global variable Buffer.'],
  ['src/checks/f.ts', 'export const x = fetch;', 'Do not use the global variable fetch.'],
  ['src/facts/x.ts', "import 'node:fs';", 'Facts are parsed from answers and do no I/O: ask the source.'],
  ['src/cluster/x.ts', "import '../facts/index.ts';", 'The connection knows kubeconfigs and nothing of facts or checks.'],
  ['src/sources/x.ts', "import '../checks/index.ts';", 'A source answers questions and judges nothing.'],
  ['src/sources/snapshot.ts', "import '../cluster/connect.ts';", 'A source answers questions and judges nothing.'],
  ['src/sources/live.ts', "import '../facts/index.ts';", 'Only the live source reaches the cluster, through the connection.'],
  ['src/sources/redact/yaml.ts', "import 'chalk';", 'yaml finds the places of secrets; it belongs here alone among the sources.'],
  ['src/run/x.ts', "import '../checks/index.ts';", 'Running checks is pure: facts in, report out.'],
  ['src/exit-code.ts', "import 'node:process';", 'Running checks is pure: facts in, report out.'],
  [
    'src/render/x.ts',
    "import 'chalk';",
    'A renderer turns a report into a string, and chalk, cli-table3, string-width and yaml have one file each.',
  ],
  ['src/render/paint.ts', "import 'yaml';", 'chalk alone belongs here.'],
  ['src/render/table.ts', "import 'chalk';", 'cli-table3 alone belongs here.'],
  ['src/render/yaml.ts', "import 'chalk';", 'yaml alone belongs here.'],
  ['src/render/layout.ts', "import 'chalk';", 'string-width alone belongs here.'],
  ['src/commands/x.ts', "import 'chalk';", 'Commands combine the layers; cli.ts alone prints and exits.'],
  ['src/commands/y.ts', "import '../cluster/write.ts';", 'Only deploy-sample may reach a writer.'],
  ['src/commands/z.ts', "export const x = () => import('../cluster/write.ts');", 'Only deploy-sample may reach a writer.'],
  ['src/cluster/y.ts', "import './write.ts';", 'Only deploy-sample may reach a writer.'],
  ['src/sources/api.ts', "import '../cluster/write.ts';", 'Only deploy-sample may reach a writer.'],
  ['src/commands/deploy-sample.ts', "import 'chalk';", 'deploy-sample is a command, and the one that may write.'],
  [
    'src/sample/x.ts',
    "import '../cluster/write.ts';",
    'The sample is data and steps: it reaches the cluster by the source and the writer that it is handed.',
  ],
  ['src/options.ts', "import './model.ts';", 'Options are words for commander alone.'],
  ['src/interaction.ts', "import './model.ts';", "The terminal is asked here; what for is the caller's affair."],
  ['src/cli.ts', "import './facts/index.ts';", 'The command line reads arguments and shows results; it knows no facts and no sources.'],
  ['src/facts/one.ts', "export * from './two.ts';", 'This import is part of a cycle.'],
];

let folder: string;
let said: readonly Diagnostic[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aggctl-architecture-'));
  await writeFile(join(folder, 'biome.json'), JSON.stringify({ ...biome, $schema: undefined, vcs: { enabled: false } }));
  for (const [file, line] of [...violations, ['src/facts/two.ts', "export * from './one.ts';"] as const]) {
    await mkdir(join(folder, dirname(file)), { recursive: true });
    await writeFile(join(folder, file), `${line}\n`);
  }
  const [program, options] = [join(checkout, 'node_modules/.bin/biome'), ['lint', '--reporter=json', '--max-diagnostics=none', '.']];
  const output = await new Promise<string>((resolve) => execFile(program, options, { cwd: folder }, (_, stdout) => resolve(stdout)));
  said = JSON.parse(output).diagnostics;
});
afterAll(() => rm(folder, { recursive: true }));

test.each(violations)('%s may not say %s', (file, _, message) => {
  const told = said.filter(({ location }) => location.path.endsWith(file)).map((one) => one.message);
  expect(told).toEqual(expect.arrayContaining([expect.stringContaining(message)]));
});

test('every sentence of the configuration is shown by a violation', () => {
  const sentences = biome.overrides.flatMap(({ linter: { rules } }) => {
    const { noRestrictedImports, noRestrictedGlobals } = rules.style as {
      readonly noRestrictedImports: { readonly options: { readonly patterns: readonly { readonly message: string }[] } };
      readonly noRestrictedGlobals?: { readonly options: { readonly deniedGlobals: Readonly<Record<string, string>> } };
    };
    return [
      ...noRestrictedImports.options.patterns.map(({ message }) => message),
      // Of these Biome's JSON gives the name, and leaves out the sentence.
      ...Object.keys(noRestrictedGlobals?.options.deniedGlobals ?? {}).map((name) => `Do not use the global variable ${name}.`),
    ];
  });
  expect(sentences.length).toBeGreaterThan(0);
  expect(sentences.filter((sentence) => !violations.some(([, , message]) => message === sentence))).toEqual([]);
});

test('README draws src/ as it is', async () => {
  const readme = await readFile(join(checkout, 'README.md'), 'utf8');
  const picture = /## Layout\n[\s\S]*?```\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const drawn = [...picture.matchAll(/^ {2}(\S+) +\S/gm)].map(([, name]) => name?.replace(/\/$/, ''));
  expect(drawn.sort()).toEqual((await readdir(join(checkout, 'src'))).sort());
});
