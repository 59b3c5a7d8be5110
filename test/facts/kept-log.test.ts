/** What a recording keeps of a log: each line that some table knows, so that it replays to the same report; and no other. */
import { expect, test } from 'vitest';
import { keptLog } from '../../src/facts/kept/text.ts';
import { exitMessageTexts } from '../signatures/exit-messages.ts';
import { rejectionLines } from '../signatures/rejections.ts';
import { dependencyLines, scrapeLines } from '../signatures/scrapes.ts';

const known = [
  ...exitMessageTexts.map(([, line]) => line),
  ...rejectionLines.flatMap(([line, text]) => (text === null ? [] : [line])),
  ...scrapeLines.flatMap(([line, ...found]) => (found.length > 0 ? [line] : [])),
  ...dependencyLines.flatMap(([line, kind]) => (kind === undefined ? [] : [line])),
];

test.each([...new Set(known)])('%s', (line) => {
  expect(keptLog(`I1123 13:00:00.000000       1 x.go:1] "Starting" secret="hunter2"\n${line}\n`)).toBe(`${line}\n`);
});
