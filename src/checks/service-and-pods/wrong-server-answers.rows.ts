import { behind, pod, rejected } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import type { AnsweredBy } from '../../model.ts';

const by = (who: AnsweredBy['who'], change: Partial<AnsweredBy> = {}) => ({
  ...rejected,
  backend: behind(),
  answeredBy: { who, address: '10.0.0.21:10250', container: null, pod: pod.name, evidence: 'why', ...change },
});

export const unrecorded = 'the lab has one node without pods on its address, no Fargate and no service mesh';
export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['nobody else is suspected', { ...rejected, answeredBy: null }, 'passed'],
  [
    'the kubelet',
    { ...by('kubelet'), backendPods: [pod] },
    [
      {
        says: 'the kubelet answers at `10.0.0.21:10250`, not the extension API server',
        at: { object: `Pod wardle/${pod.name}` },
        evidence: ['401', 'why'],
        fix: 'such as 10251',
        command: 'edit deployment/api',
      },
    ],
  ],
  [
    'the kubelet, and the pod is not visible',
    { ...by('kubelet', { pod: null }), backendPods: null },
    [{ at: { object: 'Service wardle/api' }, command: 'get pods -o wide' }],
  ],
  [
    "a mesh's proxy",
    { ...by('mesh', { address: null, container: 'linkerd-proxy' }), backendPods: [pod] },
    [{ says: 'the service mesh proxy `linkerd-proxy` answers behind Service `wardle/api`', fix: 'skip-inbound-ports' }],
  ],
  ["a mesh's proxy without a name", { ...by('mesh'), backendPods: [pod] }, [{ says: 'the service mesh proxy answers at' }]],
  [
    'a proxy beside it',
    { ...by('sidecar', { container: 'kube-rbac-proxy' }), backendPods: [pod] },
    [{ says: 'the proxy `kube-rbac-proxy` answers', fix: "Set the Service's targetPort" }],
  ],
];
