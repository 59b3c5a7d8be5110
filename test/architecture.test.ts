/** The import directions, each with its sentence and shown by breaking it; and the folders of src/, as CONTRIBUTING.md draws them. */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cycles, type Imports, importGraph, importsOf } from './support/imports.ts';
import { checkout } from './support/scenarios.ts';

/** Files may import what `may` names, and their own folder unless `alone`; the first rule that names a file holds for it. */
interface Rule {
  readonly files: string;
  readonly may: readonly string[];
  readonly alone?: true;
  readonly says: string;
  /** An import that it forbids. */
  readonly breach: string;
}
const vocabulary = ['src/model.ts', 'src/model/**'];
const rules: readonly Rule[] = [
  {
    files: 'src/model{.ts,/**}',
    may: vocabulary,
    says: 'The vocabulary imports nothing: everything else leans on it.',
    breach: 'src/facts/index.ts',
  },
  { files: 'src/format.ts', may: [], alone: true, says: 'Formats of values know no other layer.', breach: 'src/model.ts' },
  { files: 'src/limiter.ts', may: [], alone: true, says: 'How many tasks run at once knows no other layer.', breach: 'src/model.ts' },
  { files: 'src/glob.ts', may: [], alone: true, says: 'Patterns of names know no other layer.', breach: 'src/model.ts' },
  { files: 'src/csv.ts', may: [], alone: true, says: 'Lists in flags know no other layer.', breach: 'src/model.ts' },
  { files: 'src/api-path.ts', may: vocabulary, alone: true, says: 'Paths know no other layer.', breach: 'src/format.ts' },
  { files: 'src/sh.ts', may: vocabulary, alone: true, says: 'Quoting knows no other layer.', breach: 'src/format.ts' },
  {
    files: 'src/x509/**',
    may: [...vocabulary, 'node:crypto', 'node:net'],
    says: 'Certificates are read and verified as Go does, without knowledge of aggctl.',
    breach: 'src/format.ts',
  },
  {
    files: 'src/signatures/**',
    may: [...vocabulary, 'src/decode.ts'],
    says: 'Signatures are tables: they import the vocabulary, and decoders.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/distributions/**',
    may: [...vocabulary, 'src/format.ts', 'src/sh.ts'],
    says: 'A distribution is data: it imports the vocabulary, formats, and the quoting of commands.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/products/index.ts',
    may: [...vocabulary, 'src/products/*', 'src/sh.ts'],
    says: 'One place reads the data of all products: it knows the vocabulary, and the quoting of commands.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/products/{*,sidecars/!(index)}.ts',
    may: ['src/products/product.ts', 'src/products/sidecars/sidecar.ts'],
    says: 'A product is data: no code belongs to one.',
    breach: 'src/sh.ts',
  },
  {
    files: 'src/products/**',
    may: [],
    says: 'One place reads the data of all sidecars.',
    breach: 'src/sh.ts',
  },
  {
    files: 'src/owners/**',
    may: [...vocabulary, 'src/products/*', 'src/sh.ts'],
    says: 'Owners are tables: they import the vocabulary, products, and the quoting of commands.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/check.ts',
    may: [...vocabulary, 'src/facts/index.ts', 'src/facts/engine/declare.ts'],
    says: 'Checks name facts: only the types of declarations lead from one to the other.',
    breach: 'src/facts/gather.ts',
  },
  { files: 'src/facts/engine/**', may: vocabulary, says: 'The engine knows no fact.', breach: 'src/facts/index.ts' },
  {
    files: 'src/facts/{gather,shared/layer-certificates}.ts',
    may: [...vocabulary, 'src/facts/**', 'src/{api-path,check}.ts', 'src/{products,x509}/**'],
    alone: true,
    says: 'What gathers facts, or reads all of them, knows their types as checks do.',
    breach: 'src/checks/index.ts',
  },
  {
    files: 'src/facts/**',
    may: [
      ...vocabulary,
      'src/x509/**',
      'src/signatures/**',
      'src/{distributions,owners,products}/**',
      'src/{api-path,csv,decode,format,no-proxy,yaml}.ts',
      'node:crypto',
      'yaml',
    ],
    says: 'Facts are parsed from answers and do no I/O: ask the source.',
    breach: 'node:fs',
  },
  {
    files: 'src/checks/**/*.rows.ts',
    may: ['src/!(cluster)/**', 'src/*.ts', 'test/{checks,support}/*.ts'],
    alone: true,
    says: 'Rows are tests of one check: they reach no cluster.',
    breach: 'src/cluster/write.ts',
  },
  {
    files: 'src/checks/**',
    may: [...vocabulary, 'src/check.ts', 'src/checks/**', 'src/{csv,format,sh}.ts', 'src/{distributions,owners,products}/**'],
    says: 'A check is a pure function of facts: it reads neither the world nor another layer.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/manifests/locate.ts',
    may: [...vocabulary, 'src/manifests/name.ts', 'src/yaml.ts', 'yaml'],
    alone: true,
    says: 'Lines of manifests are found here alone.',
    breach: 'src/decode.ts',
  },
  {
    files: 'src/manifests/**',
    may: [...vocabulary, 'src/decode.ts', 'src/sources/foreign/{objects,resources,values}.ts'],
    says: 'Manifests are texts that become objects: who reads the files is up to the caller.',
    breach: 'node:fs',
  },
  {
    files: 'src/lint/**',
    may: [
      ...vocabulary,
      'src/checks/index.ts',
      'src/checks/service-and-pods/target-port.ts',
      'src/{check,decode,format}.ts',
      'src/facts/shared/label-selector.ts',
      'src/manifests/!(locate).ts',
      'src/owners/*',
    ],
    says: 'A check of manifests is a pure function of facts, as any other; where its lines are is found later.',
    breach: 'src/manifests/locate.ts',
  },
  {
    files: 'src/{run/**,exit-code.ts}',
    may: [...vocabulary, 'src/check.ts', 'src/run/**', 'src/owners/**', 'src/{exit-code,format,glob}.ts'],
    says: 'Running checks is pure: facts in, report out.',
    breach: 'src/checks/index.ts',
  },
  { files: 'src/render/paint.ts', may: ['chalk', 'src/render/*'], says: 'chalk alone belongs here.', breach: 'yaml' },
  {
    files: 'src/render/table.ts',
    may: ['cli-table3', 'src/render/*', ...vocabulary],
    says: 'cli-table3 alone belongs here.',
    breach: 'chalk',
  },
  { files: 'src/render/yaml.ts', may: ['yaml', 'src/render/*', ...vocabulary], says: 'yaml alone belongs here.', breach: 'chalk' },
  { files: 'src/render/layout.ts', may: ['string-width', 'src/render/*'], says: 'string-width alone belongs here.', breach: 'chalk' },
  {
    files: 'src/render/formats.ts',
    may: [...vocabulary, 'src/render/*', 'src/render/html/index.ts', 'src/{checks,lint}/index.ts', 'src/run/suppression-remarks.ts'],
    alone: true,
    says: 'The registry of formats hands a renderer what it needs.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/render/html/policy.ts',
    may: ['node:crypto'],
    alone: true,
    says: 'What the HTML may run is told by hashes, which are computed here.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/render/**',
    may: [...vocabulary, 'src/render/**', 'src/{exit-code,format}.ts'],
    says: 'A renderer turns a report into a string; chalk, cli-table3, string-width and yaml have one file each.',
    breach: 'chalk',
  },
  {
    files: 'src/sources/redact/yaml.ts',
    may: ['yaml', 'src/yaml.ts', 'src/sources/redact/*'],
    says: 'yaml finds the places of secrets here alone.',
    breach: 'chalk',
  },
  {
    files: 'src/sources/{live,api,pages}.ts',
    may: [...vocabulary, 'src/sources/**', 'src/{api-path,decode,limiter}.ts', 'node:**', 'src/cluster/!(write).ts'],
    says: 'Only the live source reaches the cluster, through the connection.',
    breach: 'src/cluster/write.ts',
  },
  {
    files: 'src/sources/foreign/archive.ts',
    may: ['src/sources/answer.ts', 'src/sources/foreign/*', 'src/local-file.ts', ...vocabulary, 'node:stream', 'node:zlib', 'tar'],
    alone: true,
    says: 'tar belongs here alone, and unpacks nothing.',
    breach: 'node:fs',
  },
  {
    files: 'src/sources/foreign/values.ts',
    may: ['src/decode.ts', 'js-yaml'],
    alone: true,
    says: 'js-yaml belongs here alone.',
    breach: 'yaml',
  },
  {
    files: 'src/sources/foreign/{index,tree}.ts',
    may: ['src/sources/answer.ts', 'src/sources/foreign/*', 'src/local-file.ts', ...vocabulary, 'node:fs', 'node:fs/promises', 'node:path'],
    alone: true,
    says: 'Files are found and read here; what they hold is up to the readers.',
    breach: 'tar',
  },
  {
    files: 'src/sources/foreign/*',
    may: ['src/sources/answer.ts', 'src/sources/foreign/*', 'src/{api-path,decode}.ts', ...vocabulary],
    alone: true,
    says: 'What another tool wrote is data: only the tree reads files.',
    breach: 'node:fs/promises',
  },
  {
    files: 'src/sources/**',
    may: [...vocabulary, 'src/sources/**', 'src/{decode,local-file}.ts', 'node:**'],
    says: 'A source answers questions and draws no conclusion.',
    breach: 'src/cluster/connect.ts',
  },
  {
    files: 'src/cluster/**',
    may: [
      ...vocabulary,
      'src/cluster/!(write).ts',
      'src/{decode,limiter,local-file,yaml}.ts',
      'src/distributions/places.ts',
      'src/no-proxy.ts',
      'node:**',
      'yaml',
      '@kubernetes/client-node/dist/{config,portforward}.js',
    ],
    alone: true,
    says: 'The connection knows kubeconfigs, and nothing of facts or checks; only deploy-sample reaches a writer.',
    breach: 'src/cluster/write.ts',
  },
  {
    files: 'src/sample/**',
    may: [
      ...vocabulary,
      'src/sample/**',
      'src/facts/{apiservice,shared}/*.ts',
      'src/x509/*.ts',
      'src/format.ts',
      'src/*.ts',
      'node:crypto',
      'node-forge',
    ],
    says: 'The sample is data and steps: it reaches the cluster by the source and the writer that it is handed.',
    breach: 'src/cluster/write.ts',
  },
  {
    files: 'src/completion/place.ts',
    may: ['commander'],
    alone: true,
    says: 'What is completed follows from commander alone.',
    breach: 'src/options.ts',
  },
  {
    files: 'src/completion/**',
    may: [
      'commander',
      'src/checks/index.ts',
      'src/cluster/{connect,deadline,kubeconfig,settings}.ts',
      'src/commands/{client-options,open-source,sample-options,surroundings}.ts',
      'src/facts/apiservice/apiservice.ts',
      'src/facts/shared/kubernetes.ts',
      'src/{decode,exit-code}.ts',
    ],
    says: 'Completion names values that other layers know, and reads nothing itself.',
    breach: 'src/sources/live.ts',
  },
  {
    files: 'src/program.ts',
    may: [
      'src/{commands,render}/*.ts',
      'src/model/**',
      'src/{environment,help-texts,model,options,output-options,package,usage-error}.ts',
      'commander',
    ],
    alone: true,
    says: 'The commands are declarations for commander; cli.ts runs them.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/nodes/**',
    may: [...vocabulary, 'src/nodes/**', 'src/facts/{cluster/mirror-pods,shared/*}.ts', 'src/{api-path,decode}.ts', 'node:**'],
    says: 'The Pods on nodes are data and steps: they reach the cluster by what they are handed.',
    breach: 'src/cluster/write.ts',
  },
  {
    files: 'src/commands/node-pods.ts',
    may: ['src/**'],
    says: '--nodes creates Pods: it is the other part that may write.',
    breach: 'chalk',
  },
  {
    files: 'src/commands/deploy-sample.ts',
    may: ['src/**', 'node:path'],
    says: 'deploy-sample is a command that may write.',
    breach: 'chalk',
  },
  {
    files: 'src/commands/**',
    may: ['src/!(cluster)/**', 'src/cluster/!(write).ts', 'src/*.ts', 'node:path'],
    says: 'Commands combine the layers and only read; cli.ts alone exits, terminal.ts alone prints.',
    breach: 'src/cluster/write.ts',
  },
  {
    files: 'src/environment.ts',
    may: ['commander'],
    alone: true,
    says: 'The variables are data, which commander lays out.',
    breach: 'src/model.ts',
  },
  { files: 'src/help-texts.ts', may: [], alone: true, says: 'Texts of the help know no other layer.', breach: 'commander' },
  {
    files: 'src/output-options.ts',
    may: ['commander', 'src/render/formats.ts'],
    alone: true,
    says: 'Options of output are declarations for commander, with the names of the formats.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/options.ts',
    may: ['commander'],
    alone: true,
    says: 'Options are declarations for commander.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/local-file.ts',
    may: ['node:**'],
    alone: true,
    says: 'Files are opened here; what they hold is up to the caller.',
    breach: 'src/model.ts',
  },
  { files: 'src/decode.ts', may: [], alone: true, says: 'Decoders know nothing of what they decode.', breach: 'src/model.ts' },
  {
    files: 'src/yaml.ts',
    may: ['yaml', 'src/decode.ts'],
    alone: true,
    says: 'YAML is bounded here; what it means is up to the caller.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/interaction.ts',
    may: [],
    alone: true,
    says: 'The terminal is read here; what for is up to the caller.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/terminal.ts',
    may: ['src/render/*.ts', 'src/{interaction,model,usage-error}.ts'],
    alone: true,
    says: 'The terminal is written here; what to say, but for errors, is up to the caller.',
    breach: 'src/facts/index.ts',
  },
  {
    files: 'src/waits.ts',
    may: ['src/{format,model}.ts'],
    alone: true,
    says: 'What is waited for is told, not printed.',
    breach: 'src/terminal.ts',
  },
  { files: 'src/no-proxy.ts', may: ['node:net'], alone: true, says: 'NO_PROXY is a rule of Go, not of aggctl.', breach: 'src/model.ts' },
  {
    files: 'src/usage-error.ts',
    may: ['commander'],
    alone: true,
    says: 'Wrong usage is what commander or a command says of it.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/package.ts',
    may: ['node:**', 'package.json'],
    alone: true,
    says: 'This knows the package of aggctl and nothing else.',
    breach: 'src/model.ts',
  },
  {
    files: 'src/cli.ts',
    may: [
      'src/{commands,render}/*.ts',
      'src/completion/index.ts',
      'src/{interaction,local-file,model,output-options,program,terminal,usage-error,waits}.ts',
      'commander',
      'node:path',
    ],
    alone: true,
    says: 'The command line reads arguments and shows results; it knows no facts and no sources.',
    breach: 'src/facts/index.ts',
  },
];

/** `*` stands for part of a name, `**` for any path, `{a,b}` for one of them, `!(a)` for any name but `a`. */
const pattern = (glob: string) =>
  new RegExp(
    `^${glob
      .replaceAll('.', '\\.')
      .replace(/!\((\w+)\)/g, '(?!$1[/\\.])[^/]+')
      .replace(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(',', '|')})`)
      .replace(/\*+/g, (stars) => (stars === '*' ? '[^/]*' : '.*'))}$`,
  );
const compiled = new Map<string, RegExp>();
const matches = (path: string, glob: string) => {
  const known = compiled.get(glob) ?? pattern(glob);
  compiled.set(glob, known);
  return known.test(path);
};
const ruleOf = (file: string) => rules.find(({ files }) => matches(file, files));
/** `FILE imports X: SENTENCE` for each import that no rule allows. */
const breaches = (graph: Imports): readonly string[] =>
  Object.entries(graph).flatMap(([file, imports]) => {
    const rule = ruleOf(file);
    if (!rule) return [`${file}: no rule says what it may import`];
    const allowed = rule.may.concat(rule.alone ? [] : [rule.files].filter((own) => own.endsWith('/**')));
    return imports.filter((path) => !allowed.some((one) => matches(path, one))).map((path) => `${file} imports ${path}: ${rule.says}`);
  });

const graph = importGraph();

test('the import graph is seen', () => {
  expect(Object.keys(graph).length).toBeGreaterThan(300);
  expect(Object.values(graph).flat().length).toBeGreaterThan(1000);
});
test('time-outs come from one file, which no garbage collection stops', () => {
  const others = Object.keys(graph).filter((file) => /AbortSignal\.(any|timeout)\(/.test(readFileSync(join(checkout, file), 'utf8')));
  expect(others).toEqual([]);
});
test('each file imports what its room allows', () => expect(breaches(graph)).toEqual([]));

describe('each rule forbids something', () => {
  test.each(rules)('$files: $says', ({ files, says, breach }) => {
    const file = Object.keys(graph).find((path) => ruleOf(path)?.files === files);
    expect(file, `${files} names no file`).toBeDefined();
    expect(breaches({ [file ?? '']: [breach] })).toEqual([`${file} imports ${breach}: ${says}`]);
  });
});

/** All files that run when this one does; imports of types do not run. */
function running(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !(file in graph)) return seen;
  seen.add(file);
  const text = readFileSync(join(checkout, file), 'utf8').replace(/^import type [^;]*;$/gm, '');
  for (const next of importsOf(file, text)) running(next, seen);
  return seen;
}
test('checks run without the code of any fact', () => {
  const files = [...running('src/checks/index.ts')];
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => file.startsWith('src/facts/'))).toEqual([]);
});

test('no file imports itself in a circle, types included', () => {
  expect(cycles({ 'src/a.ts': ['src/b.ts'], 'src/b.ts': ['src/a.ts'] })).toEqual([['src/a.ts', 'src/b.ts']]);
  expect(cycles(graph)).toEqual([]);
});

test('what differs by distribution is asked of it: nobody else compares its name', async () => {
  const compares = /distribution\??\.?(?:name)? *[!=]==? *'/;
  expect("distribution === 'kubeadm'").toMatch(compares);
  const files = Object.keys(graph).filter((file) => !file.startsWith('src/distributions/'));
  const texts = await Promise.all(files.map((file) => readFile(join(checkout, file), 'utf8')));
  expect(files.filter((_, index) => compares.test(texts[index] ?? ''))).toEqual([]);
});

/** The files of src/ in which the pattern stands; `example` shows that it is found. */
function having(pattern: RegExp, example: string): readonly string[] {
  expect(example).toMatch(pattern);
  return Object.keys(graph).filter((file) => pattern.test(readFileSync(join(checkout, file), 'utf8')));
}
test('JSON is parsed in one file, whose bounds and decoders hold for all of it', () => {
  // One string of a text that was read up to its end: redaction keeps the place of each value.
  const ofOneString = ['src/sources/redact/json.ts'];
  expect(having(/\bJSON\.parse\b/, 'JSON.parse(text)')).toEqual(['src/decode.ts', ...ofOneString]);
  expect(having(/\bparseJson\([^;]*?\)+ as (?!const)/, 'parseJson(read(text)) as Note')).toEqual([]);
});
test('one file writes to stdout and stderr', () => {
  const writes = /\b(?:console\.\w|std(?:out|err)\.(?:write|end|cork|pipe)\(|writeSync\(|\bfd: ?[12]\b)/;
  expect(having(writes, 'process.stdout.write(text)')).toEqual([]);
  // Others hand a stream to terminal.ts, or ask what it is.
  expect(having(/process\.std(?:out|err)(?!\?*\.(?:isTTY|columns))/, 'const out = process.stdout')).toEqual([
    'src/cli.ts',
    'src/terminal.ts',
  ]);
  expect(having(/\bstream\.write\(/, 'stream.write(text)')).toEqual(['src/terminal.ts']);
});

test('CONTRIBUTING.md names what is in src/, and every directory beside it', async () => {
  const guide = await readFile(join(checkout, 'CONTRIBUTING.md'), 'utf8');
  const picture = /## Layout\n[\s\S]*?```\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const drawn = [...picture.matchAll(/^ {2}(\S+) +\S/gm)].map(([, name]) => name?.replace(/\/$/, ''));
  expect(drawn.sort()).toEqual((await readdir(join(checkout, 'src'))).sort());
  const tabled = [...guide.matchAll(/^\| `([^`]+)\/` \|/gm)].map(([, name]) => name);
  const beside = (await readdir(checkout, { withFileTypes: true }))
    .filter((one) => one.isDirectory() && !/^(?:src|node_modules|dist(?:-.*)?|\.git|\.lab)$/.test(one.name))
    .map(({ name }) => name);
  expect(tabled.sort()).toEqual(beside.sort());
});
