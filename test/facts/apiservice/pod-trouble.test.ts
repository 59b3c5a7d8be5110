/** How far back the log of a container that ended is read. */
import { describe, expect, test } from 'vitest';
import { readTrouble } from '../../../src/facts/apiservice/pod-trouble.ts';
import { keptLog } from '../../../src/facts/kept/text.ts';
import type { Answer, Ask } from '../../../src/model.ts';
import { ended, pod } from '../../checks/backend.ts';
import { healthy } from '../../support/facts.ts';

const [server] = pod.containers;
const crashed = { ...pod, ready: false, containers: server ? [{ ...server, ready: false, state: ended('Error', 1) }] : [] };
const option = '      --audit-log-maxage int    The maximum number of days to retain old audit log files.\n';
/** Answers with so many of its last lines, as the API does. */
async function lastWords(log: string, kept: (text: string) => string = (text) => text) {
  const asked: number[] = [];
  const ask = (async ({ path }: { readonly path: string }) => {
    const lines = Number(/tailLines=(\d+)/.exec(path)?.[1]);
    if (Number.isNaN(lines)) return { ok: true, value: { status: 200, text: '{"items":[]}', ms: 1, headers: {} } };
    asked.push(lines);
    const text = kept(`${log.trimEnd().split('\n').slice(-lines).join('\n')}\n`);
    return { ok: true, value: { status: 200, text, ms: 1, headers: {} } satisfies Partial<Answer['api']> };
  }) as unknown as Ask;
  const { exitMessages } = await readTrouble(ask, 'wardle', [crashed], healthy.now);
  return { asked, said: exitMessages.ok ? (exitMessages.value?.[0]?.text ?? null) : exitMessages.message };
}

/** spf13/cobra v1.10.2, command.go; component-base v0.37.2, cli/flag/sectioned.go; pflag v1.0.10 and flag of Go. */
const programs: readonly (readonly [name: string, log: string])[] = [
  [
    'cobra',
    `Error: unknown flag: --nope\nUsage:\n  apiserver [flags]\n\nFlags:\n${option.repeat(300)}\nUse "apiserver --help" for more information about a command.\n`,
  ],
  [
    'component-base',
    `Error: unknown flag: --nope\nUsage:\n  apiserver [flags]\n\nSecure serving flags:\n${option.repeat(800)}\nGlobal flags:\n${option}`,
  ],
  ['pflag', `unknown flag: --nope\nUsage of /usr/bin/adapter:\n${option.repeat(120)}exit status 2\n`],
  ['flag', `flag provided but not defined: -nope\nUsage of /manager:\n${'  -a string\n    \tThe address.\n'.repeat(100)}`],
];

describe.each(programs)('of %s', (_, log) => {
  test('it is read back to the error before the options', async () => {
    const { asked, said } = await lastWords(log);
    expect(said).toMatch(/unknown flag: --nope|flag provided but not defined: -nope/);
    expect(asked).toEqual([50, 500, 5000].slice(0, asked.length));
    expect(asked.length).toBeGreaterThan(1);
  });
  test('as it is from a recording', async () => expect(await lastWords(log, keptLog)).toEqual(await lastWords(log)));
});

test('it is not read for ever', async () => {
  expect(await lastWords(option.repeat(20_000))).toEqual({ asked: [50, 500, 5000], said: null });
});
test('a log that says something else is read once', async () => {
  expect(await lastWords(`${option.repeat(100)}I1123 13:00:00.000000       1 a.go:1] hello\n`)).toEqual({ asked: [50], said: null });
});
