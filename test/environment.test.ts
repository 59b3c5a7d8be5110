/** Every environment variable that the sources read is one that `aggctl help environment` explains, and the other way round. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environment } from '../src/environment.ts';
import { aggctl } from './cli/aggctl.ts';
import { importGraph } from './support/imports.ts';
import { checkout } from './support/scenarios.ts';

const explained = Object.values(environment).flatMap((group) => group.flatMap(({ names }) => names));
/** `env.NAME` and `{ NAME }: Environment`. */
const namesIn = (text: string): readonly string[] => [
  ...[...text.matchAll(/\benv\.(\w+)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/\{ ([A-Z_, ]+) \}: Environment\b/g)].flatMap(([, names = '']) => names.split(', ')),
];
/** What no text shows: a name that is put together, and one that the operating system reads. */
const unseen = ['HTTPS_PROXY', 'HTTP_PROXY', 'https_proxy', 'http_proxy', 'PATH'];

test('the list is what the sources read', () => {
  expect(namesIn('env.A || process.env.b; ({ C, D_E }: Environment)')).toEqual(['A', 'b', 'C', 'D_E']);
  const files = Object.keys(importGraph()).filter((path) => path.startsWith('src/') && !/^src\/(?:checks|facts)\//.test(path));
  const read = files.flatMap((path) => namesIn(readFileSync(join(checkout, path), 'utf8')));
  expect([...new Set([...read, ...unseen])].sort()).toEqual([...explained].sort());
  // The names that are put together.
  expect(readFileSync(join(checkout, 'src/cluster/proxy.ts'), 'utf8')).toContain(
    "const variable = target.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';\n  const chosen = proxyUrl ?? (env[variable.toLowerCase()] || env[variable] || '');",
  );
  expect(files.filter((path) => /\benv\[/.test(readFileSync(join(checkout, path), 'utf8')))).toEqual(['src/cluster/proxy.ts']);
});

test('help environment explains each, and help names it', async () => {
  const { status, stdout, stderr } = await aggctl(['help', 'environment']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const text = stdout.replace(/\s+/g, ' ');
  for (const { names, does } of Object.values(environment).flat()) expect(text).toContain(` ${names.join(', ')} ${does} `);
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  expect((await aggctl(['help'])).stdout.replace(/\s+/g, ' ')).toContain('or with environment the variables that aggctl reads');
});
