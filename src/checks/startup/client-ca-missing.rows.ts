import type { Row } from '../../../test/checks/row.ts';
import { at } from '../../../test/checks/startup.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it is set', {}, 'passed'],
  ['absent', flags({ 'client-ca-file': null }), [{ says: '`--client-ca-file` is not set', at }]],
  ['empty', flags({ 'client-ca-file': '' }), [{ says: '`--client-ca-file` is empty' }]],
];
