import { createRequire } from 'node:module';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Table } from '../../src/model.ts';
import type { Style } from '../../src/render/style.ts';
import { renderTable } from '../../src/render/table.ts';

const piped: Style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true };
const flags: Table = {
  schemaVersion: 1,
  kind: 'Flags',
  columns: ['FLAG', 'VALUE', 'READ FROM'],
  rows: [
    ['--proxy-client-cert-file', '/etc/kubernetes/pki/front-proxy-client.crt', '/etc/kubernetes/manifests/kube-apiserver.yaml:28'],
    ['--requestheader-allowed-names', '監視', ''],
  ],
  items: [],
};

test('in a pipe: columns as kubectl draws them, nothing cut, whatever the width', () => {
  expect(renderTable(flags, { ...piped, width: 20 })).toBe(
    [
      'FLAG                            VALUE                                        READ FROM',
      '--proxy-client-cert-file        /etc/kubernetes/pki/front-proxy-client.crt   /etc/kubernetes/manifests/kube-apiserver.yaml:28',
      '--requestheader-allowed-names   監視',
      '',
    ].join('\n'),
  );
});

test('--no-headers leaves the rows', () => {
  expect(renderTable(flags, { ...piped, headers: false })).toMatch(/^--proxy-client-cert-file {8}\/etc/);
  expect(renderTable({ ...flags, rows: [] }, { ...piped, headers: false })).toBe('');
  expect(renderTable({ ...flags, rows: [] }, piped)).toBe('FLAG   VALUE   READ FROM\n');
});

test('on a wide terminal: borders', () => {
  const small = { ...flags, columns: ['ID', 'SEVERITY'], rows: [['a', 'error']] };
  expect(renderTable(small, { ...piped, terminal: true })).toBe(
    ['┌────┬──────────┐', '│ ID │ SEVERITY │', '├────┼──────────┤', '│ a  │ error    │', '└────┴──────────┘', ''].join('\n'),
  );
  expect(renderTable(small, { ...piped, terminal: true, ascii: true })).toBe(
    ['+----+----------+', '| ID | SEVERITY |', '+----+----------+', '| a  | error    |', '+----+----------+', ''].join('\n'),
  );
});

test('on a terminal that is too narrow: a block for each row', () => {
  expect(renderTable(flags, { ...piped, terminal: true })).toBe(
    [
      '--proxy-client-cert-file',
      '  VALUE       /etc/kubernetes/pki/front-proxy-client.crt',
      '  READ FROM   /etc/kubernetes/manifests/kube-apiserver.yaml:28',
      '',
      '--requestheader-allowed-names',
      '  VALUE       監視',
      '',
    ].join('\n'),
  );
});

test('colour is given only when it is asked for, and is only colour', () => {
  // cli-table3 colours by a library of its own, which is silent here only for want of a terminal.
  const require = createRequire(createRequire(import.meta.url).resolve('cli-table3'));
  require('@colors/colors/safe').enable();
  for (const terminal of [true, false])
    for (const width of [40, 200]) {
      const plain = renderTable(flags, { ...piped, terminal, width });
      expect(plain).not.toContain('\x1b');
      expect(stripVTControlCharacters(renderTable(flags, { ...piped, terminal, width, color: 1 }))).toBe(plain);
    }
});

test('cells are shown, not obeyed, and stay on their line', () => {
  const hostile = { ...flags, columns: ['A'], rows: [['x\x1b[2J\n\u202ey']] };
  for (const terminal of [true, false]) expect(renderTable(hostile, { ...piped, terminal })).toContain('x\\x1b[2J\\n\\u202ey');
});
