/** What the lab needs of Debian: the programs that are not built from Go modules. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Say } from './assets.ts';

const run = promisify(execFile);

/** Each by a file that it brings. */
const files = {
  runc: '/usr/sbin/runc',
  'containernetworking-plugins': '/usr/lib/cni/bridge',
  iptables: '/usr/sbin/iptables',
  conntrack: '/usr/sbin/conntrack',
  // The shells that aggctl is completed in, and the readers of its manual pages.
  zsh: '/usr/bin/zsh',
  fish: '/usr/bin/fish',
  mandoc: '/usr/bin/mandoc',
  'man-db': '/usr/bin/man',
  // The browser that opens reports in HTML.
  chromium: '/usr/bin/chromium',
};

/** Installs those that are missing. */
export async function installPackages(say: Say): Promise<void> {
  const missing = Object.entries(files).flatMap(([name, file]) => (existsSync(file) ? [] : [name]));
  if (missing.length === 0) return;
  say(`installing ${missing.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { env });
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...missing], { env });
}
