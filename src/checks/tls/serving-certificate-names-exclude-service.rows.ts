import type { Row } from '../../../test/checks/row.ts';
import { both, leaf, presents } from '../../../test/checks/serving.ts';

const name = 'x509: certificate is valid for localhost, not api.wardle.svc';

export const rows: readonly Row[] = [
  ...both(name, [leaf({ dns: ['localhost'] })], { fix: 'with the SAN `DNS:api.wardle.svc`' }),
  ['a wildcard of its namespace', presents([leaf({ dns: ['*.wardle.svc'] })]), 'passed'],
  ['the Common Name alone', presents([leaf({ dns: [] })]), [{ evidence: 'relies on legacy Common Name field' }]],
];
