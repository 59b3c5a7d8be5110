import { behind, deployment, empty, none, pod } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['there are pods', { ...empty, backend: behind(), backendPods: [pod], backendWorkloads: null }, 'passed'],
  ['a Deployment makes such pods', none([deployment]), 'passed'],
  ['it has no selector', none([], { selector: null }), 'passed'],
  ['nothing makes pods', none([]), [{ says: '`app=api`', command: "'<KEY>=<VALUE>'" }]],
  [
    'the Deployment of its name has other labels',
    none([{ ...deployment, labels: { app: 'server', tier: 'x' } }]),
    [{ evidence: 'app=server and tier=x', command: 'set selector service api app=server' }],
  ],
  [
    'two come near',
    none(
      [
        { ...deployment, name: 'deployment/a', labels: { app: 'api', tier: 'a' } },
        { ...deployment, name: 'deployment/b', labels: { app: 'api', tier: 'b' } },
      ],
      { selector: { app: 'api', tier: 'c' } },
    ),
    [{ evidence: 'deployment/b creates pods', command: "'<KEY>=<VALUE>'" }],
  ],
  ['nobody may list pods', { ...none([]), backendPods: null }, 'passed'],
  ['nobody may list what makes pods', { ...none([]), backendWorkloads: null }, 'passed'],
  ['there are pods, and nothing makes such', { ...none([]), backendPods: [pod] }, 'passed'],
  ['nothing comes near', none([{ ...deployment, name: 'deployment/web', labels: { app: 'web' } }]), [{ evidence: ['have no addresses'] }]],
  [
    'the Deployment of its name has none of its labels',
    none([{ ...deployment, labels: { tier: 'x' } }]),
    [{ command: 'set selector service api tier=x' }],
  ],
];
