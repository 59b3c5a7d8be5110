import type { Row } from '../../../test/checks/row.ts';
import { insecure, leaf, presents } from '../../../test/checks/serving.ts';
import { days } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['what it presents would do', presents([leaf()], '', insecure), 'passed'],
  [
    'it would not',
    presents([leaf({ dns: ['localhost'], notAfter: days(-1) })], '', insecure),
    [{ says: 'kube-apiserver does not verify the certificate of', evidence: 'is valid for localhost, not api.wardle.svc', latent: true }],
  ],
  ['it is verified', presents([leaf({ dns: ['localhost'] })]), 'inapplicable'],
];
