import type { Row } from '../../../test/checks/row.ts';
import { egress } from '../../../test/checks/startup.ts';

export const rows: readonly Row[] = [
  ['no selector', {}, 'inapplicable'],
  ['a sound one', egress({}), 'passed'],
  ['not there', egress({ fault: 'open /x: no such file or directory' }), [{ says: 'it cannot find', command: 'Mount the file' }]],
  [
    'an unknown selection',
    egress({ fault: 'Unsupported value: "x"' }),
    [{ says: 'it cannot use', fix: 'Correct /etc/kubernetes/egress.yaml' }],
  ],
];
