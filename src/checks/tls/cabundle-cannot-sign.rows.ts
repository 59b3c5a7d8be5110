import type { Row } from '../../../test/checks/row.ts';
import { because, both, leaf } from '../../../test/checks/serving.ts';
import { ca, certificates } from '../../../test/support/facts.ts';

const noCa = because('x509: invalid signature: parent certificate cannot sign this kind of certificate');

export const rows: readonly Row[] = both(
  noCa,
  [leaf({}, ca('no-ca', { basicConstraints: { ca: false } }))],
  { command: 'basicConstraints' },
  { caBundle: { certificates: certificates([ca('no-ca', { basicConstraints: { ca: false } })]) } },
);
