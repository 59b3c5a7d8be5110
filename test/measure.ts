/**
 * `measure.ts JSON`: runs each command ROUNDS times, in turn, so that a busy moment meets all of them alike; prints of each the median
 * milliseconds, the mean CPU time in milliseconds, and the peak memory in MiB, as JSON. A command that ends otherwise than expected
 * measures nothing: that is an error.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Measured {
  readonly argv: readonly string[];
  /** The exit status to expect. */
  readonly status: number;
}
export interface Measurement {
  readonly rounds: number;
  readonly commands: Readonly<Record<string, Measured>>;
}
export interface Cost {
  readonly ms: number;
  readonly cpu: number;
  readonly mib: number | null;
}

/** The CPU time of all children so far, milliseconds: proc(5), `cutime` and `cstime`, in hundredths of a second. */
function ofChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** Runs it once to fill the caches, and looks at its memory meanwhile: proc(5), `VmHWM` in KiB; null: it was gone by then. */
async function memoryOf({ argv: [file = '', ...args] }: Measured): Promise<number | null> {
  const child = spawn(file, args, { stdio: 'ignore' });
  let kib: number | null = null;
  const look = () => {
    const [, found] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
    if (found) kib = Number(found);
  };
  const looking = setInterval(look, 2);
  await once(child, 'exit');
  clearInterval(looking);
  return kib && kib / 1024;
}

function run({ argv: [file = '', ...args], status }: Measured): void {
  const ran = spawnSync(file, args, { encoding: 'utf8' });
  if (ran.status !== status) throw new Error(`${file} ${args.join(' ')} ended with ${ran.status ?? ran.signal}: ${ran.stderr}`);
}

const { rounds, commands } = JSON.parse(process.argv[2] ?? '') as Measurement;
const named = Object.entries(commands);
const memory = new Map<string, number | null>();
for (const [name, command] of named) memory.set(name, await memoryOf(command));
const runs = new Map(named.map(([name]) => [name, { times: [] as number[], cpu: 0 }]));
for (let round = 0; round < rounds; round += 1) {
  for (const [name, command] of named) {
    const own = runs.get(name);
    const before = ofChildren();
    const start = performance.now();
    run(command);
    own?.times.push(performance.now() - start);
    if (own) own.cpu += ofChildren() - before;
  }
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const costs = [...runs].map(([name, { times, cpu }]) => [name, { ms: median(times), cpu: cpu / rounds, mib: memory.get(name) ?? null }]);
console.log(JSON.stringify(Object.fromEntries(costs)));
