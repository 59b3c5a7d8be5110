import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['by default', {}, 'passed'],
  ['true', flags({ 'aggregator-reject-forwarding-redirect': 'true' }), 'passed'],
  ['false', flags({ 'aggregator-reject-forwarding-redirect': 'false' }), [{ evidence: 'CVE-2022-3172' }]],
];
