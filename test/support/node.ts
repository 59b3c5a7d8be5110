/** A node made of the files that a test names, seen through a snapshot. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Ask } from '../../src/model.ts';
import { snapshot } from '../../src/sources/snapshot.ts';

/** Files by their path on the node, and answers of the API by `/path` under `api` (JSON). The folder is the caller's to remove. */
export async function nodeOf(
  files: Readonly<Record<string, string>>,
  api: Readonly<Record<string, object>> = {},
): Promise<{ ask: Ask; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'aggctl-node-'));
  const write = (path: string, text: string) => {
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
  return { ask: opened.value, folder };
}
