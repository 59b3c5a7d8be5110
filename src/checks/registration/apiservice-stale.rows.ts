import { apiService, backend, gone, name } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';
import type { OtherService } from '../../model.ts';

const elsewhere: OtherService = { ...apiService.service, namespace: 'ops', ports: [apiService.service.port], traits: [] };

export const rows: readonly Row[] = [
  ['nobody had reason to look', {}, 'passed'],
  ['the namespace is there', { ...gone, ...backend('active') }, 'passed'],
  [
    'nothing tells who made it',
    { ...gone, ...backend('absent') },
    [
      {
        says: 'whose namespace does not exist',
        evidence: 'nothing on the object',
        fix: `Look first for the Service in another namespace: \`spec.service\` may be wrong. Delete the APIService (\`kubectl delete apiservice ${name}\`)`,
        command: 'kubectl get services --all-namespaces --field-selector metadata.name=',
      },
    ],
  ],
  [
    'a Helm release that went with the namespace',
    {
      ...backend('absent'),
      apiService: {
        ...apiService,
        annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'wardle' },
      },
    },
    [{ fix: 'nothing serves it', evidence: 'which was deleted with the namespace', command: `kubectl delete apiservice ${name}` }],
  ],
  [
    'a Helm release elsewhere',
    {
      ...backend('absent'),
      apiService: { ...apiService, annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'ops' } },
    },
    [{ fix: 'no longer needed by Helm release `ops/adapter`' }],
  ],
  [
    'an operator',
    { ...backend('absent'), apiService: { ...apiService, labels: { 'olm.owner': 'x' }, owners: ['Deployment/y'] } },
    [{ fix: 'no longer needed by the Operator Lifecycle Manager (`x`) and `Deployment/y`' }],
  ],
  [
    'the namespace has a typo: the release is in another one, with a Service of the name',
    {
      backend: { ...backend('absent').backend, others: [{ ...elsewhere, traits: ['owner', 'name'] }] },
      apiService: { ...apiService, annotations: { 'meta.helm.sh/release-name': 'adapter', 'meta.helm.sh/release-namespace': 'ops' } },
    },
    [
      {
        evidence: 'Services of that name elsewhere: ops/',
        fix: 'has the same owner and has the same or a similar name',
        command: '{"spec":{"service":{"namespace":"ops"}}}',
      },
    ],
  ],
  [
    'the name alone speaks for a Service elsewhere',
    { ...gone, backend: { ...backend('absent').backend, others: [{ ...elsewhere, traits: ['name'] }] } },
    [{ evidence: 'Services of that name elsewhere: ops/', fix: 'Look first for the Service in another namespace' }],
  ],
];
