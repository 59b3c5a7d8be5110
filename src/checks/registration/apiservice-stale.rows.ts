import { apiService, backend, gone, name } from '../../../test/checks/registration.ts';
import type { Row } from '../../../test/checks/row.ts';

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
];
