/** `npm run lab -- up [--version V]` leaves a control plane with the sample server running; `npm run lab -- down` ends it. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Version, versions } from './assets.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { labs } from './folders.ts';
import { checkout } from './namespace.ts';
import { startSampleApiserver } from './servers.ts';
import { until } from './wait.ts';

const usage = `usage: npm run lab -- up [--version ${versions.join('|')}]\n       npm run lab -- down`;
const pidFile = join(labs, 'up.pid');

/** The process that holds the lab, when there is one. */
function holder(): number | undefined {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  const isHolder = existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(fileURLToPath(import.meta.url));
  return isHolder ? pid : undefined;
}

/** Starts the holder in the background and repeats what it says until it is ready. */
async function up(version: Version): Promise<void> {
  if (holder()) throw new Error('A lab is up already; end it with: npm run lab -- down');
  const argv = ['--import', 'tsx', fileURLToPath(import.meta.url), 'hold', '--version', version];
  const child = spawn(process.execPath, argv, { cwd: checkout, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  process.once('SIGINT', () => child.kill());
  child.stdout.pipe(process.stdout);
  child.stderr.pipe(process.stderr);
  process.exitCode = await new Promise<number>((resolve) => {
    child.once('exit', () => resolve(1));
    child.stdout.once('end', () => resolve(holder() ? 0 : 1));
  });
  child.stderr.destroy();
  child.unref();
}

/** Keeps the lab until SIGTERM; closing stdout tells `up` that it is ready. */
async function hold(version: Version): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const controlPlane = await startControlPlane({ version, say });
  try {
    await startSampleApiserver(controlPlane);
  } catch (error) {
    await controlPlane.stop({ keepLogs: true });
    throw error;
  }
  writeFileSync(pidFile, String(process.pid));
  const alive = setInterval(() => {}, 60_000);
  process.once('SIGTERM', async () => {
    await controlPlane.stop();
    rmSync(pidFile, { force: true });
    clearInterval(alive);
  });
  say(howTo(controlPlane));
  process.stdout.end();
}

function howTo({ version, root, folder, kubeconfig, namespace }: ControlPlane): string {
  const inside = `nsenter --target ${namespace.pid} --net --mount --uts --pid --wd="$PWD" env PATH="${folder}/bin:$PATH"`;
  return `
Kubernetes ${version} with the sample API server (v1alpha1.wardle.example.com) is up.
  root folder  ${root}
  kubeconfig   ${kubeconfig.admin} (works inside only)
  logs         ${folder}/logs
Inside it:
  ${inside} kubectl --kubeconfig ${kubeconfig.admin} get apiservices
  ${inside} node bin/aggctl.js doctor --root ${root} --kubeconfig ${kubeconfig.admin}
  ${inside} bash
End it with: npm run lab -- down`;
}

async function down(): Promise<void> {
  const pid = holder();
  if (!pid) throw new Error('No lab is up.');
  process.kill(pid, 'SIGTERM');
  await until(`process ${pid}, which holds the lab, to end`, 30_000, async () => !existsSync(`/proc/${pid}`) || undefined);
  console.log('The lab is down; nothing of it is left.');
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { version: { type: 'string', default: versions[0] } } });
  const version = versions.find((known) => known === values.version);
  if (!version) throw new Error(`The lab knows no version ${values.version}.\n${usage}`);
  const commands: Record<string, () => Promise<void>> = { up: () => up(version), hold: () => hold(version), down };
  const command = commands[positionals.join(' ')];
  if (!command) throw new Error(usage);
  await command();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
