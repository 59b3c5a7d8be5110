import type { Row } from '../../../test/checks/row.ts';
import { both, leaf } from '../../../test/checks/serving.ts';
import { days } from '../../../test/support/facts.ts';

const early = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is before 2026-11-24T00:00:00Z';

export const rows: readonly Row[] = both(early, [leaf({ notBefore: days(2) })], { command: 'timedatectl' });
