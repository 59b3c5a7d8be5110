import type { Row } from '../../../test/checks/row.ts';
import { healthy, unknown } from '../../../test/support/facts.ts';

const refused = { clientCredentials: { expired: 'the client certificate CN=jane expired 2026-11-20 10:12:00Z.' } };

export const rows: readonly Row[] = [
  ['kube-apiserver accepts them', {}, 'passed'],
  [
    'it rejects them',
    refused,
    [
      {
        says: 'kube-apiserver rejects your credentials: the client certificate CN=jane expired',
        at: { file: healthy.connection.from },
        command: 'kubeadm certs renew admin.conf',
      },
    ],
  ],
  ['another distribution', { ...refused, distribution: 'EKS' }, [{ command: 'aws eks update-kubeconfig --name CLUSTER' }]],
  ['an unknown distribution', { ...refused, distribution: null }, [{ fix: 'Get a new kubeconfig or token' }]],
  ['the reason why it does not answer is unknown', { clientCredentials: unknown }, 'skipped'],
  [
    'the kubeconfig names no context',
    { ...refused, connection: { ...healthy.connection, context: '' } },
    [{ evidence: 'context (none), server' }],
  ],
  [
    'the kubeconfig names its context',
    { ...refused, connection: { ...healthy.connection, context: 'lab' } },
    [{ evidence: 'context lab, server' }],
  ],
];
