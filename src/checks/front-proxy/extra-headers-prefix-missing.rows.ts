import type { Row } from '../../../test/checks/row.ts';
import { at } from '../../../test/checks/startup.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['the standard prefix', {}, 'passed'],
  ['in any case', flags({ 'requestheader-extra-headers-prefix': 'x-remote-extra-' }), 'passed'],
  ['absent', flags({ 'requestheader-extra-headers-prefix': null }), [{ says: 'is not set', at }]],
  ['another', flags({ 'requestheader-extra-headers-prefix': 'X-My-' }), [{ says: 'is `X-My-`', severity: 'warning' }]],
  [
    'without the dash',
    flags({ 'requestheader-extra-headers-prefix': 'X-Remote-Extra' }),
    [{ says: 'a dash in front of every key', severity: 'warning' }],
  ],
  ['the standard prefix among others', flags({ 'requestheader-extra-headers-prefix': 'X-My-,X-Remote-Extra-' }), 'passed'],
  [
    'without the dash, among others',
    flags({ 'requestheader-extra-headers-prefix': 'X-My-,X-Remote-Extra' }),
    [{ says: 'a dash in front of every key' }],
  ],
  ['empty', flags({ 'requestheader-extra-headers-prefix': '' }), [{ says: 'is not set' }]],
];
