import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Report, Table } from '../../src/model.ts';
import { formats } from '../../src/render/formats.ts';
import { type Format, render, renderEvent, type Style } from '../../src/render/index.ts';
import { faultsOf } from '../support/schemas.ts';
import { reports } from './reports.ts';

const style: Style = { color: 1, width: 40, ascii: true, verbosity: 'quiet', terminal: true, headers: false };
const cases = Object.entries(reports).map(([name, value]) => ({ name, value }));
const hostile = 'a\x1b[2J\x7f\x9b31m\u202e\u2066\u200b\u2028\u{e0041}\ud800 é 監\nnext: |\r\n- x';
const withHostile = { ...(reports.healthy as Report), source: hostile };

describe.each(cases)('$name', ({ value }) => {
  test('is one JSON document that the schema describes, field by field', async () => {
    const text = await render(value, 'json', style);
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual(value);
    expect(faultsOf(JSON.parse(text))).toEqual([]);
  });

  test('is the same data in YAML', async () => {
    const text = await render(value, 'yaml', style);
    expect(parse(text)).toEqual(value);
    expect(text).not.toMatch(/[&*]a\d/);
    expect(parse(text, { version: '1.1' })).toEqual(value);
  });

  test('is one line of JSON at the end of jsonl', async () => {
    const text = await render(value, 'jsonl', style);
    expect(text.split('\n')).toHaveLength(2);
    expect(JSON.parse(text)).toEqual(value);
  });
});

test('the schema tells a report from what is none', () => {
  const healthy = reports.healthy as Report;
  for (const wrong of [
    { ...healthy, schemaVersion: 2 },
    { ...healthy, findings: [{ id: 'x' }] },
    { ...healthy, capturedAt: 'yesterday' },
    { ...healthy, surplus: 1 },
    { ...healthy, summary: { ...healthy.summary, exitStatus: 4 } },
  ])
    expect(faultsOf(wrong)).not.toEqual([]);
});

test.each(['json', 'jsonl', 'yaml'] as const)('%s keeps hostile text and sends none of it raw to a terminal', async (format) => {
  const text = await render(withHostile, format, style);
  // A lone surrogate has no place in YAML or UTF-8; everything else comes back.
  const back = (format === 'yaml' ? parse(text) : JSON.parse(text)) as Report;
  expect(back.source.replace(/\ud800|\ufffd/u, '')).toBe(hostile.replace('\ud800', ''));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text).toContain('é 監');
});

test.each(['a plain\u202etext', 'two\u202elines\nof a block', '\x9b31m'])(
  'YAML quotes %j, which it would write as it is',
  async (source) => {
    const text = await render({ ...(reports.healthy as Report), source }, 'yaml', style);
    expect((parse(text) as Report).source).toBe(source);
    expect(text).not.toMatch(/[\x7f-\x9f\u202e]/);
  },
);

test('a list is its items, without what is drawn of them', async () => {
  const table: Table = { schemaVersion: 1, kind: 'Checks', columns: ['ID'], rows: [['x']], items: [{ id: 'x' }] };
  expect(await render(table, 'json', style)).toBe(
    '{\n  "schemaVersion": 1,\n  "kind": "Checks",\n  "items": [\n    {\n      "id": "x"\n    }\n  ]\n}\n',
  );
  expect(await render(table, 'yaml', style)).toBe('schemaVersion: 1\nkind: Checks\nitems:\n  - id: x\n');
});

test('events are lines: for people on stderr, for programs in jsonl', () => {
  const event = { kind: 'hint', message: 'see \x1b[1m…' } as const;
  expect(renderEvent(event, 'text', false)).toBe('hint: see \\x1b[1m…\n');
  expect(renderEvent(event, 'text', true)).toBe('hint: see \\x1b[1m...\n');
  expect(renderEvent({ kind: 'progress', message: 'asking' }, 'json', false)).toBe('asking\n');
  expect(renderEvent(event, 'jsonl', false)).toBe('{"kind":"hint","message":"see \\u001b[1m…"}\n');
});

test('every format renders every report to text that ends in a line feed', async () => {
  for (const { value } of cases)
    for (const format of Object.keys(formats) as Format[])
      expect(await render(value, format, { ...style, verbosity: 'normal' })).toMatch(/\n$/);
});

test('a text of a server is bounded in every format, and a command is not', async () => {
  const long = 'x'.repeat(100_000);
  const table = {
    schemaVersion: 1,
    kind: 'Flags',
    columns: ['A'],
    rows: [[long]],
    items: [{ long, commands: [long] }],
    names: [long],
  } as const;
  const style: Style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true };
  for (const format of ['text', 'name'] as const) expect((await render(table, format, style)).length).toBeLessThan(11_000);
  const [{ long: cut, commands }] = JSON.parse(await render(table, 'json', style)).items;
  expect([cut.length, cut.at(-1), commands]).toEqual([10_001, '…', [long]]);
  expect(renderEvent({ kind: 'warning', message: long }, 'text', false).length).toBeLessThan(11_000);
});
