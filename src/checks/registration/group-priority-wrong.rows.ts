import { core, failed, own, serving, untrusted } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['no name is taken', { apiServices: [core, own(19000)] }, 'passed'],
  ['pods of low priority, as in metrics.k8s.io', { apiServices: [core, own(100)], discovery: serving('pods', 'nodes') }, 'passed'],
  [
    'pods of high priority',
    { apiServices: [core, own(18001)], discovery: serving('pods', 'gizmos') },
    [{ says: 'has priority 18001, the core group has only 18000', evidence: 'pods' }],
  ],
  ['it answers nothing', { ...failed(untrusted), apiServices: [core, own(19000)] }, 'passed'],
  ['pods of the same priority', { apiServices: [core, own(18000)], discovery: serving('pods') }, 'passed'],
];
