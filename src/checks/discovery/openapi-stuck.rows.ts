import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const timeout = unavailable(
  'FailedDiscoveryCheck',
  'failing or missing response from https://10.96.100.10:443/apis/x/v1: context deadline exceeded',
);

export const rows: readonly Row[] = [
  ['nobody asked', {}, 'passed'],
  ['an extension server gives no answer at all', { ...timeout, openAPIList: { late: 'no answer within 10 s' } }, 'passed'],
  ['it is listed', { openAPIList: { paths: ['api/v1'] } }, 'passed'],
  [
    'no answer',
    { openAPIList: { late: 'no answer within 10 s' } },
    [{ says: '`kubectl apply`', at: { probe: 'GET /openapi/v3' }, evidence: 'the only extension API server is that of v1alpha1.wardle' }],
  ],
];
