/** `npm run bench`: how long aggctl takes beside a bare Node and beside kubectl, as ratios of medians of one run. It judges nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { many } from './bench-many.ts';
import { startControlPlane } from './lab/control-plane.ts';
import { startSampleApiserver } from './lab/servers.ts';
import type { Cost, Measured, Measurement } from './measure.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const rounds = 21;

const node: Measured = { argv: [process.execPath, '-e', '0'], status: 0 };
const aggctl = (status: number, ...args: string[]): Measured => ({ argv: [process.execPath, here('../bin/aggctl.js'), ...args], status });
/** As `npm run package` left it; not measured when it is not there. */
const executable = here('../dist-bin/aggctl-linux-x64');
const packaged = existsSync(executable);
const asExecutable = (status: number, ...args: string[]): Measured => ({ argv: [executable, ...args], status });
const measuring = (commands: Measurement['commands']) => [
  process.execPath,
  '--import',
  'tsx',
  here('measure.ts'),
  JSON.stringify({ rounds, commands } satisfies Measurement),
];

type Costs = Readonly<Record<string, Cost>>;
type Row = readonly [command: string, beside: string, target: number];
const nothing: Cost = { ms: Number.NaN, cpu: Number.NaN, mib: null };

/** The target is for the time; the CPU time tells the same where other work disturbs it. */
function show(costs: Costs, rows: readonly Row[]): void {
  for (const [command, beside, target] of rows) {
    const [own, other] = [costs[command] ?? nothing, costs[beside] ?? nothing];
    const ratio = own.ms / other.ms;
    const verdict = ratio <= target ? '' : '  MISSED';
    console.log(
      `${command.padEnd(24)} ${own.ms.toFixed(0)} ms, ${beside} ${other.ms.toFixed(0)} ms: ratio ${ratio.toFixed(2)}, target ${target}${verdict}; CPU ${own.cpu.toFixed(0)} ms, ${other.cpu.toFixed(0)} ms: ${(own.cpu / other.cpu).toFixed(2)}`,
    );
  }
}
function showMemory(costs: Costs, commands: readonly string[]): void {
  const bare = costs['node -e 0']?.mib ?? Number.NaN;
  for (const command of commands) {
    const own = costs[command]?.mib ?? Number.NaN;
    const verdict = own / bare <= 2 ? '' : '  MISSED';
    console.log(
      `${command.padEnd(24)} ${own.toFixed(0)} MiB at most, node -e 0 ${bare.toFixed(0)} MiB: ratio ${(own / bare).toFixed(2)}, target 2${verdict}`,
    );
  }
}

async function inLab(): Promise<void> {
  const controlPlane = await startControlPlane({ say: console.log });
  try {
    await startSampleApiserver(controlPlane);
    const { root, kubeconfig, assets } = controlPlane;
    const options = ['--root', root, '--kubeconfig', kubeconfig.admin];
    const argv = measuring({
      'node -e 0': node,
      doctor: aggctl(0, 'doctor', ...options),
      ...(packaged && { 'executable doctor': asExecutable(0, 'doctor', ...options) }),
      'kubectl get apiservices': { argv: [assets.kubectl, '--kubeconfig', kubeconfig.admin, 'get', 'apiservices'], status: 0 },
    });
    const { status, stdout, stderr } = await controlPlane.run(argv);
    if (status !== 0) throw new Error(stderr);
    const costs = JSON.parse(stdout) as Costs;
    const live = ['doctor', ...(packaged ? ['executable doctor'] : [])];
    show(
      costs,
      live.map((command) => [command, 'kubectl get apiservices', 3]),
    );
    showMemory(costs, live);
  } finally {
    await controlPlane.stop();
  }
}

const [file = '', ...args] = measuring({
  'node -e 0': node,
  '--version': aggctl(0, '--version'),
  'doctor --demo': aggctl(1, 'doctor', '--demo'),
  ...(packaged && {
    'executable --version': asExecutable(0, '--version'),
    'executable doctor --demo': asExecutable(1, 'doctor', '--demo'),
  }),
});
const costs = JSON.parse(execFileSync(file, args, { encoding: 'utf8', cwd: join(here('.'), '..') })) as Costs;
const forms = packaged ? ['', 'executable '] : [''];
show(
  costs,
  forms.flatMap((form): Row[] => [
    [`${form}--version`, 'node -e 0', 1.15],
    [`${form}doctor --demo`, 'node -e 0', 2],
  ]),
);
const artifacts = here('../dist-bin');
for (const name of existsSync(artifacts) ? readdirSync(artifacts) : [])
  console.log(`${name.padEnd(26)} ${(statSync(join(artifacts, name)).size / 1e6).toFixed(1)} MB`);
await many().catch((error: Error) => console.log(`500 APIServices: not measured: ${error.message}`));
await inLab().catch((error: Error) => console.log(`live doctor: not measured: ${error.message}`));
