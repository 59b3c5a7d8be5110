import { loops, pod, says, unready } from '../../../test/checks/backend.ts';
import type { Row } from '../../../test/checks/row.ts';
import { healthy } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  [
    'its probe fails',
    {
      ...unready({}),
      backendEvents: [
        {
          object: `Pod/${pod.name}`,
          reason: 'Unhealthy',
          message: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
          at: healthy.now,
        },
      ],
    },
    [{ says: '`HTTPS :443/readyz`', evidence: 'statuscode: 500', command: 'logs api-7c9f-x -c server' }],
  ],
  [
    'metrics-server does not reach the kubelets',
    {
      ...unready({}),
      exitMessages: says({ kind: 'kubelet-certificates', ofMetricsServer: true, meaning: 'cannot verify them', next: 'sign them' }),
    },
    [{ says: 'Not an aggregation fault: ', fix: 'Sign them.' }],
  ],
  ...(
    [
      ['nobody has asked for one', null, 'kubectl get csr --field-selector'],
      ['a kubelet waits for one', [{ name: 'csr-1', node: 'a' }], 'kubectl certificate approve csr-1'],
    ] as const
  ).map(
    ([name, pendingCertificates, command]): Row => [
      `kubelets without a certificate: ${name}`,
      {
        ...unready({}),
        exitMessages: says({ kind: 'kubelet-without-certificate', ofMetricsServer: true, meaning: 'gets none', next: 'approve them' }),
        pendingCertificates,
      },
      [{ fix: 'Approve them', command }],
    ],
  ),
  [
    'another reason that is known',
    { ...unready({}), exitMessages: says({ kind: 'etcd-down', meaning: 'does not reach its etcd', next: 'look' }) },
    [{ says: 'does not reach its etcd' }],
  ],
  [
    'a node that is silent',
    unready({ ready: true }),
    [{ says: 'node `cp-1` no longer reports its status', command: 'kubectl get node cp-1' }],
  ],
  [
    'it was evicted',
    unready({ ready: true }, { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' }),
    [{ says: 'it has terminated (`Evicted`)', evidence: '`Evicted`, `The node was low on memory.`' }],
  ],
  ['a moment ago', unready({}, { createdAt: healthy.now }), 'passed'],
  ['it crashes', loops(), 'passed'],
  [
    'another container tells why it is not ready',
    {
      ...unready({}),
      exitMessages: [
        { container: 'api-0/etcd', text: '…', signature: { kind: 'etcd-down', meaning: 'does not reach its etcd', next: 'look' } },
      ],
    },
    [{ says: '`HTTPS :443/readyz`' }],
  ],
  [
    'its condition tells',
    unready(
      {},
      {
        reason: 'Other',
        conditions: [
          { type: 'Initialized', status: 'True', reason: '', message: '' },
          { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message: 'containers with unready status: [server]' },
        ],
      },
    ),
    [{ evidence: ['`ContainersNotReady`, `containers with unready status: [server]`'] }],
  ],
  ['nothing tells but its phase', unready({}), [{ evidence: ['Running'] }]],
];
