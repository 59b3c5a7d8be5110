/**
 * `warm.mjs`, forked: runs the built aggctl for each message, as a process of its own would, but for the modules that are loaded by then.
 * To compile them is most of what a short command does.
 */
import { Writable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';

const [entry, cli] = process.argv.slice(2);
let runs = 0;

/** A pipe whose reader takes everything at once. */
function pipe() {
  const chunks = [];
  const write = (chunk, _, done) => done(void chunks.push(chunk));
  return { stream: new Writable({ write }), text: () => Buffer.concat(chunks).toString() };
}

/** A process ends when nothing is left that keeps it: so does a run. */
async function untilNothingKeepsIt(before) {
  await setImmediate();
  for (let wait = 1; process.getActiveResourcesInfo().length > before; wait = Math.min(50, wait * 2)) await setTimeout(wait);
}

process.on('message', async ({ args, env, cwd }) => {
  const before = process.getActiveResourcesInfo().length;
  const streams = { stdout: pipe(), stderr: pipe() };
  for (const [name, { stream }] of Object.entries(streams)) Object.defineProperty(process, name, { value: stream, configurable: true });
  process.chdir(cwd);
  process.argv = [process.execPath, entry, ...args];
  process.env = env;
  process.exitCode = undefined;
  // Each run has a cli.js of its own, which runs as it is loaded; what that imports is there.
  runs += 1;
  const { ended } = await import(`${cli}?run=${runs}`);
  await ended;
  await untilNothingKeepsIt(before);
  for (const event of ['uncaughtException', 'SIGHUP', 'SIGINT', 'SIGTERM']) process.removeAllListeners(event);
  process.send({ status: process.exitCode ?? 0, signal: null, stdout: streams.stdout.text(), stderr: streams.stderr.text() });
});
