import { pod, refused, rejected, waits } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';
import type { BackendPod } from '../../model.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'no such tag',
    waits('ImagePullBackOff', 'Back-off pulling image "registry.example.test/api:1": ErrImagePull: registry.example.test/api:1: not found'),
    [{ says: 'the image `registry.example.test/api:1`', fix: 'has no such image', command: 'edit deployment/api' }],
  ],
  ['not let in', waits('ErrImagePull', 'pull access denied'), [{ fix: 'imagePullSecret' }]],
  ['never pulled', waits('ErrImageNeverPull', ''), [{ fix: 'pull policy, because it is `Never`' }]],
  [
    'only an event tells',
    {
      ...waits('ImagePullBackOff', 'Back-off pulling image'),
      backendEvents: [
        { object: `Pod/${pod.name}`, reason: 'Failed', message: 'dial tcp: lookup registry.example.test: no such host', at: healthy.now },
      ],
    },
    [{ evidence: 'event Failed', fix: 'cannot reach the registry' }],
  ],
  ['words that nobody knows', waits('ErrImagePull', 'something new'), [{ fix: 'Read the registry' }]],
  ['another pod is ready', { ...refused, backendPods: [...((waits('ErrImagePull').backendPods as BackendPod[]) ?? []), pod] }, 'passed'],
  ['another failure', { ...waits('ErrImagePull'), ...rejected }, 'passed'],
];
