/**
 * Process 1 of a lab's pid, network, mount and uts namespaces. It ends when its stdin does (the runner stopped the lab, or died, even by
 * SIGKILL), and with it the kernel ends every process, mount and interface in there.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { programs } from './programs.ts';
import type { Answer, Command, Setup } from './protocol.ts';
import { request } from './request.ts';

const setup = JSON.parse(process.argv[2] ?? '') as Setup;
const say = (answer: Answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

function end(): never {
  try {
    process.kill(-1, 'SIGKILL');
  } catch {
    // ESRCH: nothing else runs in here.
  }
  rmSync(setup.folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
}

const ip = (...args: string[]) => execFileSync('ip', args);

/** kube-apiserver exits without a default route (`Unable to find suitable network address`); a bridge stands in for a network card. */
function network(): void {
  ip('link', 'set', 'lo', 'up');
  ip('link', 'add', 'node', 'type', 'bridge');
  ip('address', 'add', setup.address, 'dev', 'node');
  ip('link', 'set', 'node', 'up');
  ip('route', 'add', 'default', 'dev', 'node');
}

/** An overlay over /etc, so that /etc/kubernetes can exist here while the host's /etc is left alone; names resolve without a network. */
function etc(): void {
  const overlay = `${setup.folder}/overlay`;
  mkdirSync(overlay);
  execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', overlay]);
  mkdirSync(`${overlay}/upper`);
  mkdirSync(`${overlay}/work`);
  const options = `lowerdir=/etc,upperdir=${overlay}/upper,workdir=${overlay}/work`;
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', options, '/etc']);
  execFileSync('umount', ['--lazy', overlay]);
  mkdirSync('/etc/kubernetes', { recursive: true });
  execFileSync('mount', ['--bind', setup.kubernetes, '/etc/kubernetes']);
  const address = setup.address.split('/')[0];
  const files = {
    hostname: `${setup.hostname}\n`,
    hosts: `127.0.0.1 localhost\n::1 localhost\n${address} ${setup.hostname}\n`,
    'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
  };
  for (const [name, text] of Object.entries(files)) {
    rmSync(`/etc/${name}`, { force: true });
    writeFileSync(`/etc/${name}`, text);
  }
  writeFileSync('/proc/sys/kernel/hostname', setup.hostname);
}

async function obey(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'start':
      return programs.start(command.with);
    case 'stop':
      return programs.stop(command.with);
    case 'wait':
      return programs.wait(command.with);
    case 'run':
      return programs.run(command.with);
    case 'request':
      return request(command.with);
  }
}

// Daemons of a closed pipe, or a Ctrl-C meant for the runner, must not leave this process half alive.
process.stdout.on('error', end);
const lines = createInterface({ input: process.stdin });
lines.on('close', end);
try {
  network();
  etc();
  say({ id: 0, ok: null });
} catch (error) {
  say({ id: 0, error: String(error) });
}
lines.on('line', (line) => {
  const command = JSON.parse(line) as Command;
  obey(command).then(
    (ok) => say({ id: command.id, ok: ok ?? null }),
    (error: unknown) => say({ id: command.id, error: String(error) }),
  );
});
