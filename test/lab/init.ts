/**
 * Process 1 of a lab's pid, network, mount and uts namespaces. It ends when its stdin does (the runner stopped the lab, or died, even by
 * SIGKILL), and with it the kernel ends every process, mount and interface in there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { makeCgroup, removeCgroup } from './cgroup.ts';
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
  // A folder in which something is still mounted could not be removed.
  for (const path of Object.keys(setup.binds)) spawnSync('umount', ['--lazy', path]);
  if (setup.cgroup) removeCgroup(setup.cgroup);
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

const mount = (...args: string[]) => execFileSync('mount', args);

/** An overlay over a folder of the host, so that what is written there stays in here. */
function overlay(tree: string): void {
  const own = `${setup.folder}/overlay`;
  mkdirSync(own, { recursive: true });
  mount('-t', 'tmpfs', 'tmpfs', own);
  mkdirSync(`${own}/upper`);
  mkdirSync(`${own}/work`);
  mount('-t', 'overlay', 'overlay', '-o', `lowerdir=${tree},upperdir=${own}/upper,workdir=${own}/work`, tree);
  execFileSync('umount', ['--lazy', own]);
}

/** The node's own folders, each at its path; names resolve without a network. */
function files(): void {
  for (const tree of new Set(['etc', ...Object.keys(setup.binds).map((path) => path.split('/')[1])])) overlay(`/${tree}`);
  for (const [path, folder] of Object.entries(setup.binds)) {
    mkdirSync(path, { recursive: true });
    mount('--bind', folder, path);
  }
  const address = setup.address.split('/')[0];
  const texts = {
    hostname: `${setup.hostname}\n`,
    hosts: `127.0.0.1 localhost\n::1 localhost\n${address} ${setup.hostname}\n`,
    'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    rmSync(`/etc/${name}`, { force: true });
    writeFileSync(`/etc/${name}`, text);
  }
  writeFileSync('/proc/sys/kernel/hostname', setup.hostname);
}

/** What kubelet sets in the kernel, by file under /proc/sys: it sets it in files of the lab, for the kernel is the host's. */
const kernelSettings = {
  'vm/overcommit_memory': 1,
  'vm/panic_on_oom': 0,
  'kernel/panic': 10,
  'kernel/panic_on_oops': 1,
  'kernel/keys/root_maxkeys': 1_000_000,
  'kernel/keys/root_maxbytes': 25_000_000,
};

function forKubelet(cgroup: string): void {
  writeFileSync('/proc/sys/net/ipv4/ip_forward', '1');
  mount('-t', 'tmpfs', 'tmpfs', '/run');
  for (const [name, value] of Object.entries(kernelSettings)) {
    const file = `/run/${name.replaceAll('/', '.')}`;
    writeFileSync(file, `${value}\n`);
    mount('--bind', file, `/proc/sys/${name}`);
  }
  makeCgroup(cgroup);
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
  files();
  if (setup.cgroup) forKubelet(setup.cgroup);
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
