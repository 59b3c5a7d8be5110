import type { OtherService } from '../../../src/model.ts';
import { behind } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { unavailable } from '../../../test/support/facts.ts';

const gone = unavailable('ServiceNotFound', 'service/api in "wardle" is not present');

const other = { name: 'api-v2', ports: [443], release: 'wardle/adapter' };
/** The Service is gone; others are there, and the APIService belongs to a release. */
const missing = (others: readonly OtherService[]) => ({
  ...unavailable('ServiceNotFound', 'service/api in "wardle" is not present', {
    annotations: { 'meta.helm.sh/release-namespace': 'wardle', 'meta.helm.sh/release-name': 'adapter' },
  }),
  backend: { namespace: 'active', service: null, others } as const,
});

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
    missing([{ ...other, release: null }]),
    [{ fix: 'Find out whether', evidence: 'api-v2 (port 443)' }],
  ],
  ['of the same release, with another name', missing([{ ...other, name: 'webhook' }]), [{ fix: 'Find out whether' }]],
  [
    'of the same release, with a similar name',
    missing([other, { name: 'web', ports: [80], release: 'wardle/adapter' }]),
    [{ fix: 'belongs to the same Helm release', command: '{"spec":{"service":{"name":"api-v2"}}}' }],
  ],
  ['two of them', missing([other, { ...other, name: 'api-v3' }]), [{ fix: 'Find out whether' }]],
  ['of the same release, with another port', missing([{ ...other, ports: [8443] }]), [{ fix: 'Find out whether' }]],
];
