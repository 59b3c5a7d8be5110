/** Copy this to `FOLDER/ID.rows.ts`: each row changes one thing in a healthy cluster, and says what the check returns. */
import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['a healthy cluster', {}, 'passed'],
  ['the flag set to false', flags({ 'enable-aggregator-routing': 'false' }), [{ says: 'Something fails' }]],
];
// Where the lab cannot inject the fault, say why in place of a scenario:
// export const unrecorded = 'the reason';
