/** Manifests as files, checked by the command. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type LintOptions, lint } from '../../src/commands/lint.ts';
import type { Report } from '../../src/model.ts';

/** Manifests of others, shortened; each says whose. */
export const manifests = (name: string): string => readFileSync(new URL(`manifests/${name}.yaml`, import.meta.url), 'utf8');

/** The report on these files, in whose place `FOLDER/` stands. */
export async function linted(files: Readonly<Record<string, string | Buffer>>, options: LintOptions = {}): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'aggctl-lint-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const running = lint([folder], options, { now: () => new Date('2026-11-29T00:00:00Z') });
  let step = await running.next();
  while (!step.done) step = await running.next();
  for (const { message, evidence, fix } of step.value.findings) {
    expect(message).toMatch(/\S\.$/);
    // No command for a cluster that does not have the objects yet.
    expect(fix).toEqual({ text: expect.stringMatching(/\S\.$/), commands: [] });
    expect([message, ...evidence, fix.text].join(' ')).not.toMatch(/\b(?:undefined|null|NaN)\b|\[object/);
  }
  expect(step.value.crashed).toEqual([]);
  return step.value;
}
/** Id, severity, and the line with its text; without the place for what has none. */
export async function found(text: string): Promise<readonly string[]> {
  const { findings } = await linted({ 'x.yaml': text });
  return findings.map(({ id, severity, at }) => {
    const line = 'file' in at && at.file.endsWith('/x.yaml') ? (text.split('\n')[(at.line ?? 0) - 1] ?? '').trim() : JSON.stringify(at);
    return `${severity} ${id} at ${line}`;
  });
}
