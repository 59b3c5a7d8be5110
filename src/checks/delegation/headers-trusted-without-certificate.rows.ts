import type { Row } from '../../../test/checks/row.ts';
import { probe, seenAs, status } from '../../../test/checks/trust.ts';
import { unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['nobody asked', { frontProxyProbe: null }, 'passed'],
  ['a sound server', probe({}), 'passed'],
  ['it demands a certificate', probe({ without: { status: null, text: 'it ends TLS', seenAs: null } }), 'passed'],
  ['it answers 401', probe({ without: status(401) }), 'passed'],
  [
    'it believes the header',
    probe({ without: seenAs('aggctl-probe') }),
    [
      {
        says: '`wardle/api` can act as any user of `wardle.example.com`',
        at: { probe: 'GET https://10.96.100.10:443/aggctl-probe' },
        evidence: 'without a certificate: 403 `forbidden: User "aggctl-probe"',
        command: 'kubectl -n wardle get networkpolicies',
      },
    ],
  ],
  ['it could not be asked', { frontProxyProbe: unknown }, 'skipped'],
];
