import type { Row } from '../../../test/checks/row.ts';
import { dial, says, serves } from '../../../test/checks/way.ts';

const noRoute = says('dial tcp 10.96.100.10:443: connect: no route to host');

export const rows: readonly Row[] = [
  serves,
  ['kube-apiserver says so', { ...noRoute, dials: null }, [{ says: 'has no route to `10.96.100.10:443`', command: 'ip route' }]],
  ['IPv6', says('dial tcp [fd00::a]:443: connect: network is unreachable'), [{ says: '`[fd00::a]:443`' }]],
  ['the other way is open', { ...noRoute, dials: [dial('ClusterIP', false), dial('pod', true)] }, 'passed'],
];
