import { behind, container, pod, ready, refused, rejected } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import type { BackendPod } from '../../model.ts';

const web: BackendPod = {
  ...pod,
  name: 'web-0',
  owner: 'StatefulSet/web',
  containers: [{ ...container, ports: [{ name: 'http', port: 80 }] }],
};

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['its own alone', ready({}, {}), 'passed'],
  [
    "another's, too",
    { ...refused, backend: behind(), backendPods: [pod, web] },
    [
      {
        says: 'also selects the pods of `statefulset/web`',
        evidence: 'deployment/api and statefulset/web',
        command: 'get pods -l app=api',
      },
    ],
  ],
  [
    'which declare no port',
    { ...refused, backend: behind(), backendPods: [pod, { ...web, containers: [{ ...container, ports: [] }] }] },
    'passed',
  ],
  ['which are not ready', { ...refused, backend: behind(), backendPods: [pod, { ...web, ready: false }] }, 'passed'],
  ['401', { ...rejected, backend: behind(), backendPods: [pod, web] }, 'passed'],
];
