/** A node made of the files that a test names, seen through a snapshot. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Fact } from '../../src/facts/engine/declare.ts';
import { begin } from '../../src/facts/engine/engine.ts';
import { manifestPath, nodes } from '../../src/facts/shared/inputs.ts';
import { manifest as manifestOf } from '../../src/facts/shared/manifest.ts';
import { readFlags } from '../../src/facts/shared/read-flags.ts';
import type { Ask } from '../../src/model.ts';
import { snapshot } from '../../src/sources/snapshot.ts';

/** Files by their path on the node, and answers of the API by `/path` under `api` (JSON). The folder is the caller's to remove. */
export async function nodeOf(
  files: Readonly<Record<string, string | Buffer>>,
  api: Readonly<Record<string, object>> = {},
): Promise<{ ask: Ask; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'aggctl-node-'));
  const write = (path: string, text: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('snapshot.json', JSON.stringify({ format: 1, capturedAt: '2026-11-23T10:00:00Z', origin: 'hand-made' }));
  for (const [path, text] of Object.entries(files)) write(`files${path}`, text);
  for (const [path, body] of Object.entries(api)) {
    const name = path.replace(/[^A-Za-z0-9\-._=,+@/]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
    write(`api${name}.json`, JSON.stringify(body));
  }
  const opened = await snapshot(folder);
  if (!opened.ok) throw new Error(opened.message);
  return { ask: opened.value.ask, folder };
}

/** What is read of a node with these files; of flags their value and place. */
export async function readNode(files: Readonly<Record<string, string | Buffer>>) {
  const { ask, folder } = await nodeOf(files);
  const answers: string[] = [];
  const heard: Ask = async (question) => {
    const answer = await ask(question);
    answers.push(JSON.stringify(answer));
    return answer;
  };
  const given = new Map<Fact, unknown>([
    [nodes, [0]],
    [manifestPath, null],
  ]);
  const engine = begin({ sources: [heard], given });
  const manifest = await engine.get(manifestOf, '0');
  rmSync(folder, { recursive: true });
  if (!manifest.ok) return manifest;
  const { origin, at, process, mounts, environment, arguments: words } = manifest.value;
  const byName = readFlags(words);
  const flag = (name: string) => {
    const { value, list, at: place } = byName[name] ?? { value: null, list: [], at: { file: '' } };
    return { value, list, at: 'file' in place ? `${place.file}:${place.line}` : 'probe' in place ? place.probe : '' };
  };
  return {
    ok: true as const,
    origin,
    at,
    process,
    mounts,
    environment,
    flag,
    rounds: Math.max(...engine.asked.map(({ round }) => round)),
    heard: answers.join('\n'),
  };
}
export async function foundOn(files: Readonly<Record<string, string>>) {
  const here = await readNode(files);
  if (!here.ok) throw new Error(here.message);
  return here;
}
