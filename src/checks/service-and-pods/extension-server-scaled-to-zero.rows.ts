import { deployment, none, pod } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['no replicas', none([{ ...deployment, replicas: 0 }]), [{ says: '`deployment/api`', command: 'scale deployment/api --replicas=1' }]],
  ['one replica', none([deployment]), 'passed'],
  ['a DaemonSet', none([{ ...deployment, name: 'daemonset/api', replicas: null }]), 'passed'],
  ["another's Deployment is", none([{ ...deployment, labels: { app: 'web' }, replicas: 0 }]), 'passed'],
  ['nobody may list pods', { ...none([{ ...deployment, replicas: 0 }]), backendPods: null }, 'passed'],
  ['there are pods', { ...none([{ ...deployment, replicas: 0 }]), backendPods: [pod] }, 'passed'],

  [
    'one of two has a replica',
    none([
      { ...deployment, replicas: 0 },
      { ...deployment, name: 'deployment/api-2' },
    ]),
    'passed',
  ],
];
