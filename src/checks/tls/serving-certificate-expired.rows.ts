import type { Row } from '../../../test/checks/row.ts';
import { both, leaf, presents, says, trusted } from '../../../test/checks/serving.ts';
import { certificates, days } from '../../../test/support/facts.ts';

const expired = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after 2026-11-20T00:00:00Z';

export const rows: readonly Row[] = [
  ...both(expired, [leaf({ notAfter: days(-3) })], { fix: 'that is valid now' }),
  [
    'of the Secret alone',
    presents([leaf({ notAfter: days(-3) })], '', {}, { from: 'Secret' }),
    [{ says: 'as soon as the server presents the certificate in its Secret', latent: true }],
  ],
  [
    'its Secret holds the next one',
    presents([leaf({ notAfter: days(-3) })], expired, {}, { stored: leaf() }),
    [
      {
        evidence: 'Secret wardle/serving contains a certificate that kube-apiserver would accept',
        fix: 'Restart the extension API server',
      },
    ],
  ],
  [
    'its Secret holds one that is no better',
    presents([leaf({ notAfter: days(-3) })], expired, {}, { stored: leaf({ dns: ['localhost'] }) }),
    [{ fix: 'that is valid now' }],
  ],
  [
    'the CA in caBundle expired, and the leaf did not',
    says(
      `x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after ${certificates([trusted])[0]?.notAfter.toISOString()}`,
    ),
    'passed',
  ],
  [
    'cert-manager issues it',
    says(expired, { annotations: { 'cert-manager.io/inject-ca-from': 'wardle/api' } }),
    [{ command: 'kubectl -n wardle describe certificate api' }],
  ],
];
