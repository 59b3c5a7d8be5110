import { refused } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'headless',
    unavailable('FailedDiscoveryCheck', 'cannot route to service with ClusterIP "None"'),
    [{ says: 'is headless', command: 'kubectl create -f service.yaml' }],
  ],
  ['an ExternalName', unavailable('FailedDiscoveryCheck', 'unsupported service type "ExternalName"'), [{ says: 'is an ExternalName' }]],
  ['refused', refused, 'passed'],
];
