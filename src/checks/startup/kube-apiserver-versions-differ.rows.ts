import type { Row } from '../../../test/checks/row.ts';
import { endpoint, silent } from '../../../test/checks/several.ts';

export const rows: readonly Row[] = [
  ['there is one', {}, 'inapplicable'],
  ['they are the same', { endpoints: [endpoint(1), endpoint(2), endpoint(3, silent)] }, 'passed'],
  [
    'one is older',
    { endpoints: [endpoint(1), endpoint(2), endpoint(3, { node: null, version: { ok: true, value: 'v1.36.3' } })] },
    [{ says: 'kube-apiserver is `v1.37.2` on cp-1 and cp-2 and `v1.36.3` on 192.0.2.12:6443' }],
  ],
];
