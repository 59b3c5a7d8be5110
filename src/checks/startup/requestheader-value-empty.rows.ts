import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['full lists', {}, 'passed'],
  ['an empty list', flags({ 'requestheader-allowed-names': '' }), 'passed'],
  ['two quotes', flags({ 'requestheader-allowed-names': '""' }), [{ command: 'Write --requestheader-allowed-names=', evidence: '[""]' }]],
  [
    'a comma at the end',
    flags({ 'requestheader-group-headers': 'X-Remote-Group,' }),
    [{ command: 'Write --requestheader-group-headers=X-Remote-Group' }],
  ],
  [
    'only a space',
    flags({ 'requestheader-extra-headers-prefix': ' ' }),
    [{ evidence: 'empty value in "requestheader-extra-headers-prefix"' }],
  ],
];
