import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['bare paths', {}, 'passed'],
  ['a quote inside a path', flags({ 'client-ca-file': '/a"b' }), 'passed'],
  [
    'in quotes',
    flags({ 'client-ca-file': '"/x"' }),
    [{ says: 'the quotes are part of the path', evidence: 'open "/x": no such file or directory', command: 'Write --client-ca-file=/x' }],
  ],
  ['a space at the end', flags({ 'proxy-client-key-file': '/x ' }), [{ says: 'a space is part of the path' }]],
  ['nothing but quotes', flags({ 'client-ca-file': '""' }), 'passed'],
];
