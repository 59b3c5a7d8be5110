import type { Row } from '../../../test/checks/row.ts';
import { both, leaf, presents } from '../../../test/checks/serving.ts';

const usage = 'x509: certificate specifies an incompatible key usage';

export const rows: readonly Row[] = [
  ...both(usage, [leaf({ extendedKeyUsage: ['clientAuth'] })]),
  ['no list of usages', presents([leaf({ extendedKeyUsage: [] })]), 'passed'],
];
