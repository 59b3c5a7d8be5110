/**
 * `measure.ts JSON`: runs each command ROUNDS times, in turn, so that a busy moment meets all of them alike; prints the median milliseconds
 * of each as JSON. A command that ends otherwise than expected measures nothing: that is an error.
 */
import { spawnSync } from 'node:child_process';

export interface Measured {
  readonly argv: readonly string[];
  /** The exit status to expect. */
  readonly status: number;
}
export interface Measurement {
  readonly rounds: number;
  readonly commands: Readonly<Record<string, Measured>>;
}

const { rounds, commands } = JSON.parse(process.argv[2] ?? '') as Measurement;

function once({ argv: [file = '', ...args], status }: Measured): number {
  const start = performance.now();
  const ran = spawnSync(file, args, { encoding: 'utf8' });
  if (ran.status !== status) throw new Error(`${file} ${args.join(' ')} ended with ${ran.status ?? ran.signal}: ${ran.stderr}`);
  return performance.now() - start;
}

const times: Record<string, number[]> = {};
// The first round fills the caches.
for (let round = 0; round <= rounds; round += 1) {
  for (const [name, command] of Object.entries(commands)) {
    const time = once(command);
    if (round > 0) times[name] = [...(times[name] ?? []), time];
  }
}
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
console.log(JSON.stringify(Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))));
