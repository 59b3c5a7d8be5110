/**
 * `node --predictable code-cache.cjs MODULES CACHE`: runs `aggctl doctor` on a demo from modules in a folder, and writes the code that V8 has
 * compiled by then. `--predictable` makes every run write the same bytes; V8 accepts them without it.
 */
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { loader } = require('./load.cjs');

const [modules, caches] = process.argv.splice(2, 2, 'doctor', '--snapshot', 'demo/front-proxy-expired.jsonl');
// A part of the flags that V8 compares.
setFlagsFromString('--heap-growing-percent=25');
const scripts = new Map();
const load = loader(
  (name) => readFileSync(join(modules, name), 'utf8'),
  () => undefined,
  (name, script) => scripts.set(name, script),
);
load('./cli.js').ended.then(() => {
  if (process.exitCode !== 1) throw new Error(`doctor ended with status ${process.exitCode}`);
  for (const [name, script] of scripts) writeFileSync(join(caches, name), script.createCachedData());
  process.exitCode = 0;
});
