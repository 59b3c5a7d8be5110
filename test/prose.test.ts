/** What aggctl says is for people: no code reads it, and only checks know a check by its id. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { importGraph } from './support/imports.ts';
import { checkout } from './support/scenarios.ts';

const files = Object.keys(importGraph())
  .filter((path) => !path.endsWith('.rows.ts'))
  .map((path) => ({ path, lines: readFileSync(join(checkout, path), 'utf8').split('\n') }));
/** The files of a matching path, each as often as it has a line that matches. */
const matching = (pattern: RegExp, paths: RegExp): readonly string[] =>
  files.filter(({ path }) => paths.test(path)).flatMap(({ path, lines }) => lines.filter((line) => pattern.test(line)).map(() => path));

const id = new RegExp(`['"\`](?:${checks.map((check) => check.id).join('|')})['"\`]`);

test('no check is named by its id in facts, model, run, render or signatures', () => {
  expect(id.test("checks: ['apiservice-unavailable']")).toBe(true);
  expect(matching(id, /^src\/(?:model\.ts|(?:facts|model|run|render|signatures)\/)/)).toEqual([]);
});

/** A `message` or `text` that is searched for words, or taken apart. */
const reading =
  /(?<!\.)\.(?:message|text)(?: \?\? ''\))?\.(?:replace|replaceAll|includes|match|matchAll|startsWith|endsWith)\(|\.(?:test|exec)\([\w.?]*\.(?:message|text)\b/;
/** The rooms in which texts of others come in. */
const entrances = 'cluster|sources|signatures|facts';
/** What is left, a line each: nearly all are words of Go, Kubernetes or an extension server, which belong to a row of src/signatures. */
const left: readonly string[] = [
  'src/checks/front-proxy/front-proxy-client-not-signed-by-requestheader-ca.ts',
  'src/checks/front-proxy/front-proxy-client-not-signed-by-requestheader-ca.ts',
  'src/checks/front-proxy/front-proxy-client-signature-insecure.ts',
  'src/checks/front-proxy/proxy-client-key-mismatch.ts',
  'src/checks/front-proxy/proxy-client-pair-unusable.ts',
  'src/checks/front-proxy/proxy-client-pair-unusable.ts',
  'src/checks/front-proxy/requestheader-ca-cannot-sign.ts',
  'src/checks/registration/cabundle-expired.ts',
  'src/checks/service-and-pods/extension-server-crashes.ts',
  'src/checks/users/refused-requests.ts',
  'src/render/sample.ts',
  'src/sample/steps/access.ts',
  'src/sample/steps/data.ts',
];

test('no code reads a message outside the rooms in which texts come in', () => {
  expect(reading.test("first.message.replace('a', '')")).toBe(true);
  expect(reading.test('/x509: /.test(failure.text)')).toBe(true);
  expect(matching(reading, new RegExp(`^src/(?!(?:${entrances})/)`)).toSorted()).toEqual(left);
});

test('facts read no reason why something is not known', () => {
  const reason = /\.(?:test|exec)\((?:answer|observed|shown|refused|unread|trouble)\.message\)/;
  expect(reason.test('/no answer within (\\S+) s/.exec(answer.message)')).toBe(true);
  expect(matching(reason, /^src\/(?:facts|run)\//)).toEqual([]);
});
