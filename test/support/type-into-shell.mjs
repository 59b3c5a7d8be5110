/**
 * `type-into-shell.mjs JSON`: types into an interactive shell in a pseudo-terminal, as a person does, and prints as JSON the arguments with which
 * aggctl or kubectl-aggctl ran after each line. JSON: `program` (what starts the real aggctl), `shell`, `env`, `setup` and `lines` (`\t` is the key Tab).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const shells = {
  bash: { command: 'bash --norc --noprofile -i', load: ['source <(aggctl completion bash)'] },
  zsh: { command: 'zsh -f -i', load: ['autoload -Uz compinit && compinit -u -D', 'source <(aggctl completion zsh)'] },
  fish: { command: 'fish --no-config -i', load: ['aggctl completion fish | source'] },
};
const patience = 30_000;

const { program, shell, env = {}, setup = [], lines } = JSON.parse(process.argv[2]);
const { command, load } = shells[shell];
const folder = mkdtempSync(join(tmpdir(), 'aggctl-shell-'));
const [ready, ran] = [join(folder, 'ready'), join(folder, 'ran')];
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
/** Completion reaches the real aggctl; any other run leaves its arguments. */
const put = (name, first, all) => {
  const real = `exec ${program.map(quoted).join(' ')} ${first} "$@"`;
  const told = `printf '%s\\0' "$@" >${quoted(`${ran}.new`)}; mv ${quoted(`${ran}.new`)} ${quoted(ran)}`;
  writeFileSync(join(folder, name), `#!/bin/sh\n${all ? real : `case $1 in __complete | completion) ${real} ;; esac\n${told}`}\n`);
  chmodSync(join(folder, name), 0o755);
};
put('aggctl', '', false);
put('kubectl-aggctl', '', false);
put('kubectl_complete-aggctl', '__complete', true);

const wholeEnv = { HOME: folder, TERM: 'dumb', ...env, PATH: [folder, env.PATH, process.env.PATH].filter(Boolean).join(':') };
const pty = process.platform === 'darwin' ? ['-q', '/dev/null', ...command.split(' ')] : ['-qec', command, '/dev/null'];
const child = spawn('script', pty, { cwd: env.PWD ?? folder, env: wholeEnv, stdio: ['pipe', 'pipe', 'inherit'] });
const ended = once(child, 'close');
let shown = '';
child.stdout.setEncoding('utf8').on('data', (text) => (shown += text));
const until = async (path) => {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) if (existsSync(path)) return true;
  return false;
};
const results = [];
try {
  for (const line of [...load, ...setup, `true >${ready}`]) child.stdin.write(`${line}\r`);
  if (!(await until(ready))) throw new Error(`${shell} is not ready: ${JSON.stringify(shown)}`);
  for (const line of lines) {
    shown = '';
    child.stdin.write(`${line}\r`);
    if (!(await until(ran))) throw new Error(`${JSON.stringify(line)} ran nothing; the terminal shows ${JSON.stringify(shown)}`);
    results.push(readFileSync(ran, 'utf8').split('\0').slice(0, -1));
    rmSync(ran);
  }
} finally {
  child.stdin.end('exit\r');
  await Promise.race([ended, sleep(5_000, undefined, { ref: false })]);
  child.kill();
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(results));
