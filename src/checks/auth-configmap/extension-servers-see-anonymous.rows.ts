import { anonymous, condition, refused, rejects } from '../../../test/checks/extension-servers.ts';
import type { Row } from '../../../test/checks/row.ts';
import { servers, unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['all serve', servers(['', '']), 'passed'],
  [
    'the only one does',
    servers([anonymous]),
    [
      {
        says: 'The only extension API server treats kube-apiserver as `system:anonymous`',
        at: { ...condition, object: 'APIService v1.api1.example.com' },
        command: 'aggregator-reload-proxy-client-cert',
      },
    ],
  ],
  [
    'both do',
    servers([anonymous, anonymous]),
    [{ says: '2 of 2 extension API servers treat', evidence: 'v1.api1.example.com and v1.api2.example.com' }],
  ],
  ['one of two serves', servers([anonymous, '']), 'passed'],
  ['one of two cannot be reached', servers([anonymous, refused]), [{ says: '1 of 2 extension API servers treats' }]],
  ['they answer 401', servers([rejects, rejects]), 'passed'],
  ['nobody knows the APIServices', { commonFailure: unknown }, 'skipped'],
];
