import { ended, loops, pod, state, waits, withEtcd } from '../../../test/checks/backend.ts';
import type { Row, Rows } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';
import { keda } from '../../products/keda.ts';

const noProgram = 'exec: "/usr/local/bin/etcd": stat /usr/local/bin/etcd: no such file or directory';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'no such Secret',
    waits('CreateContainerConfigError', 'secret "serving" not found'),
    [{ evidence: 'secret "serving" not found', fix: 'Create the Secret' }],
  ],
  [
    'the Secret that its product provides',
    {
      ...waits('ContainerCreating'),
      backendEvents: [
        {
          object: `Pod/${pod.name}`,
          reason: 'FailedMount',
          message: 'MountVolume.SetUp failed for volume "certificates" : secret "kedaorg-certs" not found',
          at: healthy.now,
        },
      ],
      product: keda,
    },
    [{ fix: 'KEDA provides the missing Secret: keda-operator issues the certificate', command: 'get deployments' }],
  ],
  [
    'another Secret of that product',
    { ...waits('CreateContainerConfigError', 'secret "vault" not found'), product: keda },
    [{ fix: 'Create the Secret' }],
  ],
  [
    'a volume',
    {
      ...waits('ContainerCreating'),
      backendEvents: [
        {
          object: `Pod/${pod.name}`,
          reason: 'FailedMount',
          message: 'MountVolume.SetUp failed for volume "tls" : timed out',
          at: healthy.now,
        },
      ],
    },
    [{ evidence: 'event FailedMount', fix: 'a volume cannot be mounted' }],
  ],
  ['for long', waits('ContainerCreating'), [{ evidence: '`ContainerCreating`, for 60m', command: 'describe pod api-7c9f-x' }]],
  ['a moment ago', waits('ContainerCreating', '', { createdAt: healthy.now }), 'passed'],
  ...(['CrashLoopBackOff', 'RunContainerError'] as const).map((reason): Rows[string][number] => [
    `no such program, while kubelet shows ${reason}`,
    loops(ended('StartError', 128, noProgram), { state: { ...state, is: 'waiting', reason, since: null } }),
    [{ says: 'container `server`', evidence: `\`StartError\`, \`${noProgram}\``, fix: 'no such program' }],
  ]),
  [
    'another container ends for want of it',
    withEtcd({ ready: false, last: ended('Error', 2) }, { ready: false, state: ended('StartError', 128, noProgram) }),
    [{ says: 'container `etcd`' }],
  ],
];
