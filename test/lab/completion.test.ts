/** Completion in real shells, with the cluster of the lab; and the man pages. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aggctl } from './doctor.ts';
import { useControlPlane } from './fixture.ts';
import { checkout } from './namespace.ts';
import { startSampleApiserver } from './servers.ts';

const run = promisify(execFile);
const lab = useControlPlane();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aggctl-completion-'));
  for (const name of ['aggctl', 'kubectl-aggctl', 'kubectl_complete-aggctl']) await symlink(aggctl, join(folder, name));
  await startSampleApiserver(lab());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a script of a shell on the node, with aggctl on the PATH and the cluster's kubeconfig. */
const inShell = async (shell: string, script: string, ...options: string[]) => {
  const env = { PATH: `${folder}:${lab().folder}/bin:${process.env.PATH}`, KUBECONFIG: lab().kubeconfig.admin, TERM: 'dumb' };
  const { stdout, stderr } = await lab().run([shell, ...options, '-c', script], { env });
  return `${stdout}${stderr}`;
};
const bash = (line: string) =>
  inShell(
    'bash',
    `source <(aggctl completion bash); COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}; compopt() { :; }; _aggctl aggctl; printf '%s\\n' "\${COMPREPLY[@]}"`,
    '--norc',
  );
const fish = (line: string) => inShell('fish', `aggctl completion fish | source; complete -C ${JSON.stringify(line)}`, '--no-config');
/** Types the line and a tab in an interactive shell; all that the terminal shows. */
const zsh = (line: string) =>
  inShell(
    'zsh',
    `zmodload zsh/zpty
     zpty shell zsh -f -i
     zpty -w shell 'PS1="> "; autoload -Uz compinit; compinit -u -D; source <(aggctl completion zsh)'
     sleep 4
     zpty -w -n shell ${JSON.stringify(line)}$'\\t'
     sleep 5
     while zpty -r -t shell line; do print -r -- "$line"; done`,
    '-f',
  );

test.each([
  ['bash', bash],
  ['fish', fish],
])('%s: commands, ids of checks, values, and APIServices of the cluster', async (_, complete) => {
  expect(await complete('aggctl do')).toMatch(/^doctor\b/m);
  expect((await complete('aggctl explain front-proxy-client-exp')).trim()).toMatch(/^front-proxy-client-expired\b/);
  expect(await complete('aggctl doctor -o js')).toMatch(/^json\b/m);
  expect(await complete('aggctl check-apiservice v1alpha1.war')).toMatch(/^v1alpha1\.wardle\.example\.com\b/m);
  expect(await complete('aggctl certs --context kubernetes-ad')).toMatch(/^kubernetes-admin@kubernetes\b/m);
});
test('bash parts words at = and at :', async () => {
  expect((await bash('aggctl doctor --demo=heal')).trim()).toBe('healthy');
});
test('zsh', async () => {
  // The terminal is narrow: it may show the last letter elsewhere.
  expect(await zsh('aggctl explain front-proxy-client-exp')).toContain('aggctl explain front-proxy-client-expire');
});
test('files where a file is named', async () => {
  await writeFile(join(folder, 'recording.jsonl'), '');
  expect((await bash(`aggctl snapshot ${folder}/rec`)).trim()).toBe(`${folder}/recording.jsonl`);
});
test('kubectl completes its plugin', async () => {
  const asked = await inShell('bash', 'kubectl __complete aggctl explain front-proxy-client-exp', '--norc');
  expect(asked).toContain('front-proxy-client-expired\t');
});

test('man pages are sound', async () => {
  await run(process.execPath, ['--import', 'tsx', 'scripts/package/man.ts', join(folder, 'man')], { cwd: checkout });
  const pages = await readdir(join(folder, 'man'));
  expect(pages).toContain('aggctl-check-apiservice.1');
  for (const page of pages) {
    const { stdout } = await run('mandoc', ['-T', 'lint', '-W', 'warning', join(folder, 'man', page)]).catch((error) => error);
    expect(stdout.replace(/^.*missing date.*\n/gm, ''), page).toBe('');
  }
});
