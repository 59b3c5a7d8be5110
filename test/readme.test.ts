/**
 * README.md and the other pages as a promise. Each `console` block holds one command and what it prints, stdout before stderr; a status other than 0 that the
 * output itself does not show (`exit 1`) follows as `[exit status 2]`. UPDATE=1 rewrites what differs.
 */
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { environment } from '../src/environment.ts';
import { ownChecks, sharedChecks } from '../src/lint/index.ts';
import type { AnyCheck } from '../src/model.ts';
import { aggctl } from './cli/aggctl.ts';
import { checkFiles } from './support/check-files.ts';
import { checkout } from './support/scenarios.ts';

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'deploy/README.md',
  ...(await readdir(join(checkout, 'docs'))).map((name) => `docs/${name}`),
];
const texts = Object.fromEntries(
  await Promise.all(pages.map(async (page) => [page, await readFile(join(checkout, page), 'utf8')] as const)),
);

async function expectRefreshed(page: string, pattern: RegExp, refresh: (...groups: string[]) => Promise<string>): Promise<void> {
  const path = join(checkout, page);
  const found = [...(texts[page] ?? '').matchAll(pattern)];
  const parts = await Promise.all(found.map(async ([is, ...groups]) => ({ is, ought: await refresh(...groups) })));
  if (process.env.UPDATE) {
    const now = await readFile(path, 'utf8');
    await writeFile(
      path,
      parts.reduce((text, { is, ought }) => text.replace(is, () => ought), now),
    );
  } else for (const { is, ought } of parts) expect(is).toBe(ought);
}

/** The words of a command line; those of the pages need no shell. */
const wordsOf = (line: string): string[] => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const needsNoCluster = (words: readonly string[]): boolean =>
  ['checks', 'explain', 'lint', 'rbac'].includes(words[0] ?? '') || words.some((word) => /^--(demo|snapshot|help|version)(=|$)/.test(word));

test.each(pages)('each example prints what %s says', (page) =>
  expectRefreshed(page, /^```console\n\$ ((?:npx )?aggctl) ?(.*)\n([\s\S]*?)^```$/gm, async (program = '', line = '', printed = '') => {
    const words = wordsOf(line);
    const { status, stdout, stderr } = needsNoCluster(words) ? await aggctl(words) : { status: 0, stdout: printed, stderr: '' };
    const output = stdout + stderr;
    const ending = status === 0 || new RegExp(` exit ${status}$`, 'm').test(output) ? '' : `[exit status ${status}]\n`;
    return `\`\`\`console\n$ ${`${program} ${line}`.trim()}\n${output}${ending}\`\`\``;
  }),
);

test('docs/lint.md lists the checks of manifests', async () => {
  const tableOf = (some: readonly AnyCheck[]) =>
    [
      '| check | severity | healthy when |',
      '| --- | --- | --- |',
      ...some.map(({ id, severity, title }) => `| \`${id}\` | ${severity} | ${title} |`),
    ].join('\n');
  for (const [name, some] of [
    ['lint checks', ownChecks],
    ['shared checks', sharedChecks],
  ] as const)
    await expectRefreshed(
      'docs/lint.md',
      new RegExp(`^<!-- ${name} -->$[\\s\\S]*?^<!-- /${name} -->$`, 'gm'),
      async () => `<!-- ${name} -->\n\n${tableOf(some)}\n\n<!-- /${name} -->`,
    );
});

test('the table of checks is the list of checks', () =>
  expectRefreshed('docs/checks.md', /^<!-- checks -->$[\s\S]*?^<!-- \/checks -->$/gm, async () => {
    const rows = checks.map(
      ({ id, severity, scope, title }) => `| [\`${id}\`](../${checkFiles[id]}) | ${severity} | ${scope} | ${title} |`,
    );
    const table = ['| check | severity | of | healthy when |', '| --- | --- | --- | --- |', ...rows].join('\n');
    return `<!-- checks -->\n\n${table}\n\n<!-- /checks -->`;
  }));

test('the table of environment variables is what aggctl reads', () =>
  expectRefreshed('docs/environment-variables.md', /^<!-- variables -->$[\s\S]*?^<!-- \/variables -->$/gm, async () => {
    const tables = Object.entries(environment).map(([heading, variables]) => {
      const rows = variables.map(({ names, does }) => `| ${names.map((name) => `\`${name}\``).join(', ')} | ${does} |`);
      return [`## ${heading}`, '', '| variable | for |', '| --- | --- |', ...rows].join('\n');
    });
    return `<!-- variables -->\n\n${tables.join('\n\n')}\n\n<!-- /variables -->`;
  }));

describe('every command line in README and docs/', async () => {
  const { stdout: commands } = await aggctl(['--help']);
  const code = [
    ...Object.values(texts)
      .join('\n')
      .matchAll(/^```(?:console|sh)\n([\s\S]*?)^```$|`([^`\n]+)`/gm),
  ].map(([, block, span]) => block ?? span ?? '');
  const lines = code.flatMap((text) => [...text.matchAll(/(?:^|\s)aggctl (?!\d)([^\n#|]+)/g)].map(([, line]) => line?.trim() ?? ''));

  test.each([...new Set(lines)])('aggctl %s', async (line) => {
    // A sentence that names a command may go on after a colon.
    const [command = '', ...rest] = wordsOf(line.replace(/^([\w-]+):.*/, '$1'));
    const options = [command, ...rest].filter((word) => /^-/.test(word)).map((word) => word.replace(/=.*/, ''));
    if (!command.startsWith('-')) expect(commands).toMatch(new RegExp(`^  ${command} `, 'm'));
    const { stdout: help } = command.startsWith('-') ? { stdout: commands } : await aggctl([command, '--help']);
    for (const option of options) expect(help).toMatch(new RegExp(`^ .*(?<![\\w-])${option}(?![\\w-])`, 'm'));
  });
});

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
test.each(pages)('links of %s lead somewhere', async (page) => {
  for (const [, link = ''] of (texts[page] ?? '').matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(link)) continue;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? page : join(dirname(page), file);
    await expect(access(join(checkout, target)), link).resolves.toBeUndefined();
    if (anchor !== undefined) expect(anchorsOf(texts[target] ?? ''), link).toContain(anchor);
  }
});
