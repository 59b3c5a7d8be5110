import { behind, container, empty, pod, port } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['a number', { ...empty, backend: behind(), backendPods: [pod] }, 'passed'],
  ['a name that a container has', { ...empty, backend: behind(port('https')), backendPods: [pod] }, 'passed'],
  [
    'a name that none has',
    { ...empty, backend: behind(port('api')), backendPods: [pod] },
    [{ says: 'a port named `api`', evidence: '443 (https)', command: '"path":"/spec/ports/0/targetPort","value":"https"' }],
  ],
  [
    'a container that declares none',
    { ...empty, backend: behind(port('api')), backendPods: [{ ...pod, containers: [{ ...container, ports: [] }] }] },
    [{ evidence: 'none declared', command: '"value":PORT' }],
  ],
  ['a name, and nobody may list pods', { ...empty, backend: behind(port('api')), backendPods: null }, 'passed'],
  ['a name, and there are no pods', { ...empty, backend: behind(port('api')), backendPods: [] }, 'passed'],
  ['the Service lacks the port', { ...empty, backend: behind({ ports: [] }), backendPods: [pod] }, 'passed'],
  [
    'a name that a container of one of two pods has',
    { ...empty, backend: behind(port('https')), backendPods: [pod, { ...pod, containers: [{ ...container, ports: [] }] }] },
    'passed',
  ],
];
