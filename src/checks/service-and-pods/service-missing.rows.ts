import { behind } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const gone = unavailable('ServiceNotFound', 'service/api in "wardle" is not present');

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['nobody looked', gone, 'passed'],
  ['it exists', { ...gone, backend: behind() }, 'passed'],
  [
    'it does not',
    { ...gone, backend: { namespace: 'active', service: null, others: [] } },
    [
      {
        says: 'Service `wardle/api`, to which',
        evidence: ['is not present', 'field manager of spec.service'],
        command: 'kubectl get services --all-namespaces',
      },
    ],
  ],
  [
    'nor does its namespace: the APIService is left over',
    { ...gone, backend: { namespace: 'absent', service: null, others: null } },
    'passed',
  ],
  ['its namespace is going', { ...gone, backend: { namespace: 'terminating', service: null, others: [] } }, [{ says: 'is being deleted' }]],
  [
    'another has its port',
    {
      ...gone,
      backend: {
        namespace: 'active',
        service: null,
        others: [
          { name: 'api-v2', ports: [443] },
          { name: 'web', ports: [80] },
        ],
      },
    },
    [{ evidence: 'api-v2 (port 443) and web (port 80)', command: '{"spec":{"service":{"name":"api-v2"}}}' }],
  ],
];
