import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/model.ts';
import { linesOf } from '../../src/render/cells.ts';
import { sorted } from '../../src/render/sort.ts';
import type { Style } from '../../src/render/style.ts';
import { renderTable } from '../../src/render/table.ts';

const piped: Style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true };
const terminal: Style = { ...piped, terminal: true };
const flags: Table = {
  schemaVersion: 1,
  kind: 'Flags',
  columns: ['FLAG', 'VALUE', { name: 'READ AT', only: 'room' }, { name: 'PURPOSE', only: 'wide' }],
  rows: [
    [
      '--proxy-client-cert-file',
      '/etc/kubernetes/pki/front-proxy-client.crt',
      '/etc/kubernetes/manifests/kube-apiserver.yaml:28',
      'identity',
    ],
    ['--requestheader-allowed-names', '監視', '', 'which names'],
  ],
  items: [{}, {}],
};
const of = (columns: Table['columns'], ...rows: Table['rows']): Table => ({ ...flags, columns, rows, items: rows.map((row) => ({ row })) });
const linesIn = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('in a pipe', () => {
  test('columns as kubectl draws them, nothing cut, whatever the width', () => {
    expect(renderTable(flags, { ...piped, width: 20 })).toBe(
      [
        'FLAG                            VALUE                                        READ AT',
        '--proxy-client-cert-file        /etc/kubernetes/pki/front-proxy-client.crt   /etc/kubernetes/manifests/kube-apiserver.yaml:28',
        '--requestheader-allowed-names   監視                                         <none>',
        '',
      ].join('\n'),
    );
  });
  test('-o wide: every column', () => {
    const [heading, first] = linesIn(renderTable(flags, { ...piped, wide: true }));
    expect(heading).toMatch(/ {3}READ AT +PURPOSE$/);
    expect(first).toMatch(/:28 {3}identity$/);
  });
  test('each row has as many cells as the heading, whatever they hold', () => {
    const values = ['', ' ', 'a  b', ' c   ', 'd\n\ne', 'f\t g'];
    const drawn = linesIn(renderTable(of(['A', 'B', 'C'], ...values.map((value) => ['x', value, 'y'])), piped));
    expect(drawn).toHaveLength(values.length + 1);
    const cells = drawn.map((line) => line.split(/ {2,}/));
    expect(cells.map(([, cell]) => cell)).toEqual(['B', '<none>', '<none>', 'a \\x20b', 'c', 'd\\n\\ne', 'f\\t g']);
    expect(cells.filter(({ length }) => length !== 3)).toEqual([]);
  });
  test('--no-headers leaves the rows', () => {
    expect(renderTable(flags, { ...piped, headers: false })).toMatch(/^--proxy-client-cert-file {8}\/etc/);
    expect(renderTable({ ...flags, rows: [] }, { ...piped, headers: false })).toBe('');
    expect(renderTable({ ...flags, rows: [] }, piped)).toBe('FLAG   VALUE   READ AT\n');
  });
});

describe('on a terminal', () => {
  test('that is wide enough: every column, without borders', () => {
    expect(linesIn(renderTable(flags, { ...terminal, width: 200 }))[0]).toMatch(/^FLAG {27}VALUE {39}READ AT {43}PURPOSE$/);
  });
  test('that is not: the columns without which it says nothing, and which are left', () => {
    expect(renderTable(flags, terminal)).toBe(
      [
        'FLAG                           VALUE',
        '--proxy-client-cert-file       /etc/kubernetes/pki/front-proxy-client.crt',
        '--requestheader-allowed-names  監視',
        '-o wide also shows READ AT and PURPOSE.',
        '',
      ].join('\n'),
    );
    expect(renderTable(flags, { ...terminal, headers: false })).not.toContain('-o wide');
    expect(renderTable({ ...flags, rows: [] }, { ...terminal, width: 20 })).toBe('FLAG  VALUE  READ AT\n');
  });
  test('with little room: cells wrap behind spaces, and behind signs', () => {
    expect(renderTable(flags, { ...terminal, width: 60 })).toBe(
      [
        'FLAG                           VALUE',
        '--proxy-client-cert-file       /etc/kubernetes/pki/',
        '                               front-proxy-client.crt',
        '--requestheader-allowed-names  監視',
        '-o wide also shows READ AT and PURPOSE.',
        '',
      ].join('\n'),
    );
  });
  test('-o wide where the columns have no room: a block for each row, without what it does not have', () => {
    expect(renderTable(flags, { ...terminal, wide: true })).toBe(
      [
        '--proxy-client-cert-file',
        '  VALUE     /etc/kubernetes/pki/front-proxy-client.crt',
        '  READ AT   /etc/kubernetes/manifests/kube-apiserver.yaml:28',
        '  PURPOSE   identity',
        '',
        '--requestheader-allowed-names',
        '  VALUE     監視',
        '  PURPOSE   which names',
        '',
      ].join('\n'),
    );
  });
  test('the name of a row goes on with an indent, and breaks last', () => {
    const long = of(['NAME', 'VALUE'], [`v1.${'a'.repeat(250)}`, 'b'.repeat(250)], ['v1.short', 'c']);
    const lines = linesIn(renderTable(long, terminal));
    expect(lines[1]).toMatch(/^v1\.a{36} {2}b{39}$/);
    expect(lines[2]).toMatch(/^ {2}a{37} {2}b{39}$/);
    expect(lines.at(-1)).toMatch(/^v1\.short {2,}c$/);
    const [, first] = linesIn(renderTable(of(['NAME', 'VALUE'], ['a'.repeat(50), 'b'.repeat(50)]), terminal));
    expect(first).toBe(`${'a'.repeat(50)}  ${'b'.repeat(28)}`);
  });
  test('what stands above wraps as well', () => {
    const heading = ['before.jsonl (2026-11-23) → after.jsonl (2026-11-24): 1 new'];
    expect(linesIn(renderTable({ ...flags, heading }, { ...terminal, width: 40 })).slice(0, 3)).toEqual([
      'before.jsonl (2026-11-23) → after.jsonl',
      '(2026-11-24): 1 new',
      '',
    ]);
  });

  const hostile = [
    'x'.repeat(253),
    'a.b-c/'.repeat(30),
    '監視サーバー'.repeat(12),
    '👩‍👩‍👧‍👦é'.repeat(12),
    'word '.repeat(30),
    'CN=front-proxy-ca, O=…',
    '',
    '/',
  ];
  test.each([40, 80, 120, 200])('fills no more than %i columns', (width) => {
    const next = (index: number) => hostile[index % hostile.length] ?? '';
    for (const [index, first] of hostile.entries())
      for (const shift of [0, 3])
        for (const style of [terminal, { ...terminal, wide: true }]) {
          const row = [first, next(index + shift), 'True', next(index + 3), next(index + 1)];
          const table = of(['NAME', 'VALUE', 'STATE', { name: 'AT', only: 'room' }, { name: 'MESSAGE', only: 'wide' }], row);
          const widest = Math.max(
            ...renderTable(table, { ...style, width })
              .split('\n')
              .map((line) => stringWidth(line)),
          );
          expect(widest).toBeLessThanOrEqual(width);
        }
  });
  test.each([2, 9, 16, 41, 80])('lines of %i columns leave nothing out', (columns) => {
    for (const text of hostile.filter((one) => one !== '')) {
      const lines = linesOf(text, columns);
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
  test('a moment stays whole', () => {
    expect(linesOf('expired at 2026-11-20 14:46:18Z, long ago', 24)).toEqual(['expired at', '2026-11-20 14:46:18Z,', 'long ago']);
  });
});

test('colour is given only when it is asked for, and is only colour', () => {
  // cli-table3 colours by a library of its own, which is silent here only for want of a terminal.
  const require = createRequire(createRequire(import.meta.url).resolve('cli-table3'));
  require('@colors/colors/safe').enable();
  const table = of(
    ['NAME', 'STATE', 'AT'],
    ...(['error', 'warning', 'info', 'ok'] as const).map((tone) => [{ text: `a certificate of ${tone}`, tone }, tone, '']),
  );
  for (const shape of [piped, terminal, { ...terminal, wide: true }])
    for (const width of [16, 40, 200]) {
      const plain = renderTable(table, { ...shape, width });
      expect(plain).not.toContain('\x1b');
      expect(stripVTControlCharacters(renderTable(table, { ...shape, width, color: 1 }))).toBe(plain);
    }
  const [, error, warning] = linesIn(renderTable(table, { ...terminal, color: 1 })).map((line) => line.replaceAll('\x1b', '␛'));
  expect(error).toMatch(/^␛\[31m␛\[1ma certificate of error␛\[22m␛\[39m +error/);
  expect(warning).toMatch(/^␛\[33m/);
});

test('cells are shown, not obeyed, and stay on their line', () => {
  const hostile = { ...flags, columns: ['A'], rows: [['x\x1b[2J\n\u202ey']] };
  for (const style of [terminal, piped]) expect(renderTable(hostile, style)).toContain('x\\x1b[2J\\n\\u202ey');
});

describe('sorted', () => {
  const table = {
    ...of(['NAME', 'AGE', 'HEALTHY WHEN'], ['v10', { text: '9y', order: 9 }, ''], ['v2', { text: '364d', order: 1 }, 'z'], ['v1', '', 'a']),
    names: ['ten', 'two', 'one'],
  };
  const order = (by: string) => sorted(table, by).names;
  test.each([
    ['name', ['one', 'two', 'ten']],
    ['age', ['two', 'ten', 'one']],
    ['healthy-when', ['one', 'two', 'ten']],
    ['node', ['ten', 'two', 'one']],
  ])('by %s: numbers by value, what is empty last', (by, names) => {
    expect(order(by)).toEqual(names);
  });
  test('rows, items and names stay together', () => {
    const { rows, items } = sorted(table, 'name');
    expect(items).toEqual(rows.map((row) => ({ row })));
  });
});
