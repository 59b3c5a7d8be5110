/** `replay.ts`, with { address, cert, key, paths } as stdin: GETs the paths, 20 at once, and prints how many milliseconds that took. */
import { Agent, get } from 'node:https';
import { text } from 'node:stream/consumers';

export interface Replay {
  readonly address: string;
  readonly cert: string;
  readonly key: string;
  readonly paths: readonly string[];
}

const { address, cert, key, paths } = JSON.parse(await text(process.stdin)) as Replay;
const agent = new Agent({ keepAlive: true, cert, key, rejectUnauthorized: false });
const ask = (path: string) =>
  new Promise<void>((resolve, reject) => {
    get({ host: address, port: 6443, path, agent }, (answer) => answer.resume().once('end', resolve)).once('error', reject);
  });
const start = performance.now();
const left = [...paths];
await Promise.all(
  Array.from({ length: 20 }, async () => {
    for (let path = left.shift(); path !== undefined; path = left.shift()) await ask(path);
  }),
);
console.log(performance.now() - start);
agent.destroy();
