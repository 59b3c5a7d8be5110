/** `npm run bench`: how long aggctl takes beside a bare Node and beside kubectl, as ratios of medians of one run. It judges nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { many } from './bench-many.ts';
import { startControlPlane } from './lab/control-plane.ts';
import { startSampleApiserver } from './lab/servers.ts';
import type { Measured, Measurement } from './measure.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const rounds = 21;

const node: Measured = { argv: [process.execPath, '-e', '0'], status: 0 };
const aggctl = (status: number, ...args: string[]): Measured => ({ argv: [process.execPath, here('../bin/aggctl.js'), ...args], status });
/** As `npm run package` left it; not measured when it is not there. */
const executable = here('../dist-bin/aggctl-linux-x64');
const asExecutable = (status: number, ...args: string[]): Measured => ({ argv: [executable, ...args], status });
const measuring = (commands: Measurement['commands']) => [
  process.execPath,
  '--import',
  'tsx',
  here('measure.ts'),
  JSON.stringify({ rounds, commands } satisfies Measurement),
];

type Medians = Readonly<Record<string, number>>;
function show(medians: Medians, rows: readonly (readonly [command: string, beside: string, target: number])[]): void {
  const milliseconds = (name: string) => `${(medians[name] ?? Number.NaN).toFixed(0)} ms`;
  for (const [command, beside, target] of rows) {
    const ratio = (medians[command] ?? Number.NaN) / (medians[beside] ?? Number.NaN);
    const verdict = ratio <= target ? '' : '  MISSED';
    console.log(
      `${command.padEnd(24)} ${milliseconds(command)}, ${beside} ${milliseconds(beside)}: ratio ${ratio.toFixed(2)}, target ${target}${verdict}`,
    );
  }
}

async function inLab(): Promise<void> {
  const controlPlane = await startControlPlane({ say: console.log });
  try {
    await startSampleApiserver(controlPlane);
    const { root, kubeconfig, assets } = controlPlane;
    const argv = measuring({
      doctor: aggctl(0, 'doctor', '--root', root, '--kubeconfig', kubeconfig.admin),
      'kubectl get apiservices': { argv: [assets.kubectl, '--kubeconfig', kubeconfig.admin, 'get', 'apiservices'], status: 0 },
    });
    const { status, stdout, stderr } = await controlPlane.run(argv);
    if (status !== 0) throw new Error(stderr);
    show(JSON.parse(stdout) as Medians, [['doctor', 'kubectl get apiservices', 4]]);
  } finally {
    await controlPlane.stop();
  }
}

const [file = '', ...args] = measuring({
  'node -e 0': node,
  '--version': aggctl(0, '--version'),
  'doctor --demo': aggctl(1, 'doctor', '--demo'),
  ...(existsSync(executable) && {
    'executable --version': asExecutable(0, '--version'),
    'executable doctor --demo': asExecutable(1, 'doctor', '--demo'),
  }),
});
const medians = JSON.parse(execFileSync(file, args, { encoding: 'utf8', cwd: join(here('.'), '..') })) as Medians;
show(medians, [
  ['--version', 'node -e 0', 1.3],
  ['doctor --demo', 'node -e 0', 2.5],
  ...(existsSync(executable)
    ? ([
        ['executable --version', '--version', 1],
        ['executable doctor --demo', 'doctor --demo', 1],
      ] as const)
    : []),
]);
const artifacts = here('../dist-bin');
for (const name of existsSync(artifacts) ? readdirSync(artifacts) : [])
  console.log(`${name.padEnd(26)} ${(statSync(join(artifacts, name)).size / 1e6).toFixed(1)} MB`);
await many().catch((error: Error) => console.log(`500 APIServices: not measured: ${error.message}`));
await inLab().catch((error: Error) => console.log(`live doctor: not measured: ${error.message}`));
