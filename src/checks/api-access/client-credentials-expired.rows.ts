import type { Row } from '../../../test/checks/row.ts';
import { healthy, unknown } from '../../../test/support/facts.ts';

const refused = { ownCredentials: { expired: 'the client certificate CN=jane expired 2026-11-20 10:12:00Z.' } };

export const rows: readonly Row[] = [
  ['kube-apiserver takes them', {}, 'passed'],
  [
    'it refuses them',
    refused,
    [
      {
        says: 'kube-apiserver refuses you: the client certificate CN=jane expired',
        at: { file: healthy.connection.from },
        command: 'kubeadm certs renew admin.conf',
      },
    ],
  ],
  ['another distribution', { ...refused, distribution: 'EKS' }, [{ fix: 'Get a new kubeconfig or token' }]],
  ['nobody knows why it does not answer', { ownCredentials: unknown }, 'skipped'],
];
