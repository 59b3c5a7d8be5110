import type { OtherService } from '../../../src/model.ts';
import { behind } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ownedBy } from '../../../test/checks/serving.ts';
import { unavailable } from '../../../test/support/facts.ts';

const gone = unavailable('ServiceNotFound', 'service/api in "wardle" is not present');

const other: OtherService = { namespace: 'wardle', name: 'api-v2', ports: [443], traits: [] };
const missing = (...others: readonly OtherService[]) => ({ ...gone, backend: { namespace: 'active', service: null, others } as const });

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
        fix: 'delete the APIService (`kubectl delete apiservice v1alpha1.wardle.example.com`)',
        command: 'kubectl get services --all-namespaces --field-selector metadata.name=api',
      },
    ],
  ],
  [
    'nor does its namespace: the APIService is left over',
    { ...gone, backend: { namespace: 'absent', service: null, others: null } },
    'passed',
  ],
  [
    'its namespace is going',
    { ...gone, backend: { namespace: 'terminating', service: null, others: [] } },
    [{ says: 'is being deleted', command: 'kubectl delete apiservice v1alpha1.wardle.example.com' }],
  ],
  [
    'another has its port and a similar name',
    missing({ ...other, traits: ['name'] }),
    [{ fix: 'Find out whether', evidence: 'api-v2 (port 443)' }],
  ],
  ['of the same owner, with another name', missing({ ...other, name: 'webhook', traits: ['owner'] }), [{ fix: 'Find out whether' }]],
  [
    'of the same owner, with a similar name',
    missing({ ...other, traits: ['owner', 'name'] }, { ...other, name: 'web', ports: [80], traits: ['owner', 'name'] }),
    [{ fix: 'has the same owner and has the same or a similar name', command: '{"spec":{"service":{"name":"api-v2"}}}' }],
  ],
  [
    'with a similar name and the pods of an extension API server',
    missing({ ...other, traits: ['name', 'pods'] }),
    [{ fix: 'has pods that may read ConfigMap', command: '{"spec":{"service":{"name":"api-v2"}}}' }],
  ],
  [
    'of its name in another namespace, where another version of the API is served',
    missing({ ...other, namespace: 'ops', name: 'api', traits: ['name', 'group'] }),
    [{ evidence: 'Services of that name elsewhere: ops/api (port 443)', command: '{"spec":{"service":{"namespace":"ops"}}}' }],
  ],
  [
    'of its name in another namespace alone',
    missing({ ...other, namespace: 'ops', name: 'api', traits: ['name'] }),
    [{ fix: 'Find out whether' }],
  ],
  [
    'a Helm release lets the patch be until its next upgrade',
    {
      ...missing({ ...other, traits: ['owner', 'name'] }),
      ...ownedBy({ kind: 'Helm release', name: 'adapter', namespace: 'wardle' }),
    },
    [{ fix: 'Helm release `wardle/adapter` overwrites this with its next upgrade', command: '{"spec":{"service":{"name":"api-v2"}}}' }],
  ],
  [
    'an owner would undo the patch',
    {
      ...missing({ ...other, traits: ['owner', 'name'] }),
      ...ownedBy({ kind: 'Argo CD', name: 'adapter', namespace: null }),
    },
    [{ fix: 'The Argo CD Application `adapter` undoes what is edited by hand', command: 'kubectl get applications.argoproj.io -A' }],
  ],
  [
    'two of them',
    missing({ ...other, traits: ['owner', 'name'] }, { ...other, name: 'api-v3', traits: ['owner', 'name'] }),
    [{ fix: 'Find out whether' }],
  ],
  ['of the same owner, with another port', missing({ ...other, ports: [8443], traits: ['owner', 'name'] }), [{ fix: 'Find out whether' }]],
];
