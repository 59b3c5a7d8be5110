import type { Row } from '../../../test/checks/row.ts';
import { egress, manifest } from '../../../test/checks/startup.ts';

export const rows: readonly Row[] = [
  ['no selector', {}, 'inapplicable'],
  ['no socket', egress({}), 'inapplicable'],
  ['the socket is there', egress({ sockets: [{ path: '/s', is: 'present' }] }), 'passed'],
  ['gone', egress({ sockets: [{ path: '/s', is: 'absent' }] }), [{ says: '`/s` does not exist', command: 'ls -l -- /s' }]],
  ['not mounted', egress({ sockets: [{ path: '/s', is: 'not-mounted' }] }), [{ says: '`/s` is not mounted', command: `${manifest}` }]],
];
