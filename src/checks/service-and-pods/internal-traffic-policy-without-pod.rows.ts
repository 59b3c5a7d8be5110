import { behind, endpoint, slices, timedOut } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

const local = { internalTrafficPolicy: 'Local' };
const toClusterIP = { to: 'ClusterIP', evidence: 'the condition names the ClusterIP' } as const;

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'Cluster',
    { ...timedOut, backend: behind(), backendEndpoints: slices([{ ...endpoint, node: 'worker-1' }]), route: toClusterIP },
    'passed',
  ],
  [
    'Local, elsewhere',
    { ...timedOut, backend: behind(local), backendEndpoints: slices([{ ...endpoint, node: 'worker-1' }]), route: toClusterIP },
    [{ evidence: 'ready pods on worker-1; kube-apiserver on cp-1', command: '"internalTrafficPolicy":"Cluster"' }],
  ],
  ['Local, here', { ...timedOut, backend: behind(local), backendEndpoints: slices([endpoint]), route: toClusterIP }, 'passed'],
  [
    'it dials pods',
    {
      ...timedOut,
      backend: behind(local),
      backendEndpoints: slices([{ ...endpoint, node: 'worker-1' }]),
      route: { to: 'pod', evidence: '' },
    },
    'passed',
  ],
  [
    'nobody knows the node',
    { ...timedOut, backend: behind(local), backendEndpoints: slices([{ ...endpoint, node: null }]), route: toClusterIP },
    'passed',
  ],
  [
    'Local, here and elsewhere',
    { ...timedOut, backend: behind(local), backendEndpoints: slices([endpoint, { ...endpoint, node: 'worker-1' }]), route: toClusterIP },
    'passed',
  ],
];
