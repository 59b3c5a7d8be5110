import type { Row } from '../../../test/checks/row.ts';
import { days, healthy } from '../../../test/support/facts.ts';

const { serverCertificate } = healthy;
const serving = (notAfter: Date) => ({ serverCertificate: { ...serverCertificate, value: { ...serverCertificate.value, notAfter } } });

export const rows: readonly Row[] = [
  ['an unknown distribution', { ...serving(days(-3)), distribution: null }, [{ command: 'kubeadm certs renew all' }]],
  ['it is valid', {}, 'passed'],
  [
    'it expired',
    serving(days(-3)),
    [
      {
        says: 'No client can connect to kube-apiserver',
        at: serverCertificate.at,
        evidence: 'CN=kube-apiserver, serial',
        command: 'kubeadm certs renew all',
      },
    ],
  ],
  ['another distribution', { ...serving(days(-3)), distribution: 'k3s' }, [{ command: 'systemctl restart k3s' }]],
  ['a provider', { ...serving(days(-3)), distribution: 'GKE', provider: 'GKE' }, [{ fix: 'open a support case with GKE' }]],
  ['its last moment', { ...serving(days(0)), now: days(0) }, 'passed'],
];
