/** The table of flags that kube-apiserver knows, against the real ones of each version; UPDATE=1 writes it anew. */
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { assets, type Version, versions } from './assets.ts';
import { startControlPlane } from './control-plane.ts';

const table = fileURLToPath(new URL('../../src/facts/apiserver/known-flags.ts', import.meta.url));
const run = promisify(execFile);

/** `name` of a switch, `name=` of a flag that takes a value. */
async function flagsOf(version: Version): Promise<readonly string[]> {
  const { kubeApiserver } = await assets(version);
  const { stdout } = await run(kubeApiserver, ['--help'], { maxBuffer: 1 << 24 });
  const shown = [...stdout.matchAll(/^ {2,6}(?:-\w, )?--([\w-]+)( \S+)? {2,}/gm)].map(([, name, type]) => {
    // A default stands in brackets where the value may be left out, as in `--version version[=true]`.
    return type && !type.includes('[=') ? `${name}=` : `${name}`;
  });
  const hidden = (await flagz(version)).filter((name) => !shown.some((one) => one.replace('=', '') === name));
  const typed = await Promise.all(hidden.map((name) => typeOf(kubeApiserver, name)));
  return [...shown, ...typed].sort();
}

/** What the running process tells, which `--help` hides in part. */
async function flagz(version: Version): Promise<readonly string[]> {
  const prepare = {
    prepare: (manifest: { set(flag: string, value: string): Promise<void> }) => manifest.set('feature-gates', 'ComponentFlagz=true'),
  };
  const cp = await startControlPlane({ version, ...prepare });
  try {
    const { status, text } = await cp.request('/flagz', { accept: 'text/plain' });
    if (status !== 200) throw new Error(`GET /flagz was answered ${status}: ${text}`);
    return [...text.matchAll(/^([a-z][\w-]*)[:= \t](?!flagz)/gm)].map(([, name]) => name as string);
  } finally {
    await cp.stop();
  }
}

/** Named without a value at the end, a flag that takes one is an error, and a switch is none. */
async function typeOf(kubeApiserver: string, name: string): Promise<string> {
  const said = await run(kubeApiserver, [`--${name}`], { timeout: 20_000 }).catch((error: { stderr: string }) => error);
  return said.stderr.includes(`flag needs an argument: --${name}`) ? `${name}=` : name;
}

/** Lines of at most 120 letters. */
function lines(flags: readonly string[]): string {
  const all = ['  '];
  for (const flag of flags) {
    const last = all.at(-1) as string;
    if (last.length + flag.length > 118) all.push(`  ${flag}`);
    else all[all.length - 1] = last === '  ' ? last + flag : `${last} ${flag}`;
  }
  return all.join('\n');
}

test('the table holds what kube-apiserver knows', async () => {
  const byMinor = new Map<number, readonly string[]>();
  for (const version of versions) byMinor.set(Number(version.split('.')[1]), await flagsOf(version));
  const minors = [...byMinor.keys()].sort();
  const all = [...new Set([...byMinor.values()].flat())].sort();
  const groups = new Map<string, string[]>();
  for (const flag of all) {
    const known = minors.filter((minor) => byMinor.get(minor)?.includes(flag)).join(' ');
    groups.set(known, [...(groups.get(known) ?? []), flag]);
  }
  const body = [...groups]
    .sort(([a], [b]) => b.length - a.length || a.localeCompare(b))
    .map(([known, flags]) => `  '${known}': \`\n${lines(flags)}\n  \`,`);
  const text = `/**
 * The flags of kube-apiserver by the minors (1.x) that know them; one that takes a value ends in \`=\`. Generated from the real
 * kube-apiservers, \`--help\` and \`/flagz\` together: UPDATE=1 npx vitest run --config test/lab/vitest.config.ts test/lab/known-flags.test.ts
 */
export const knownFlags: Readonly<Record<string, string>> = {
${body.join('\n')}
};
`;
  if (process.env.UPDATE) await writeFile(table, text);
  expect(await readFile(table, 'utf8')).toBe(text);
}, 600_000);
