/** Lists as kube-apiserver reads them; the faults are what kube-apiserver 1.37.2 prints. */
import { expect, test } from 'vitest';
import { meantByCsv, readCsv, writeCsv } from '../src/csv.ts';

test.each([
  ['a,b', ['a', 'b']],
  ['"a,b",c', ['a,b', 'c']],
  ['"a""b"', ['a"b']],
  ['"a\nb",c', ['a\nb', 'c']],
  ['a\nb', ['a']],
  ['a,"b"', ['a', 'b']],
  ['a,', ['a', '']],
  [',', ['', '']],
  ['', []],
  [' a', [' a']],
])('%j', (text, fields) => {
  expect(readCsv(text)).toEqual({ fields, fault: null });
});

test.each([
  ['["front-proxy-client"]', 'parse error on line 1, column 2: bare " in non-quoted-field'],
  ['"a', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
  ['"a"b', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
  ['"a","b', 'parse error on line 1, column 7: extraneous or missing " in quoted-field'],
  ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
  ['é,x"y', 'parse error on line 1, column 5: bare " in non-quoted-field'],
  ['\n', 'EOF'],
])('%j is refused', (text, fault) => {
  expect(readCsv(text)).toEqual({ fields: [], fault });
});

test.each([
  ['["a"]', 'a'],
  ['["a", "b"]', 'a,b'],
  ['"a', 'a'],
  ['[]', ''],
])('%j is meant as %j', (text, meant) => {
  expect(writeCsv(meantByCsv(text))).toBe(meant);
});

test.each([[['a', 'b']], [['a,b', 'c"d', ' e', '']]])('%j is read as it was written', (values) => {
  expect(readCsv(writeCsv(values)).fields).toEqual(values);
});
