import { frontProxyCa, issued } from '../../../test/checks/front-proxy-dates.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, days, file, frontProxy, healthy, noPair, places } from '../../../test/support/facts.ts';

/** Certificates have no milliseconds. */
const second = new Date(Math.floor(healthy.now.getTime() / 1000) * 1000);

export const rows: readonly Row[] = [
  ['it is valid', {}, 'passed'],
  [
    'since three days',
    issued({ notAfter: days(-3) }),
    [{ says: '3d ago', at: places.cert, evidence: 'otherwise valid', command: 'kubeadm certs renew front-proxy-client' }],
  ],
  ['its last second', issued({ notAfter: new Date(Math.floor(healthy.now.getTime() / 1000) * 1000 + 1000) }), 'passed'],
  [
    'and another CA signed it: renewal is not called enough',
    frontProxy({ chain: [client(ca('another-ca'), { notAfter: days(-3) })], trusted: [frontProxyCa] }),
    [{ says: '3d ago', evidence: 'serial' }],
  ],
  [
    'the first certificate of the file counts',
    frontProxy({ chain: [client(frontProxyCa, { notAfter: days(-3) }), client(frontProxyCa)], trusted: [frontProxyCa] }),
    [{ says: '3d ago' }],
  ],
  [
    'an unknown distribution',
    { ...issued({ notAfter: days(-3) }), distribution: null },
    [{ fix: 'issue a client certificate for the front proxy alone', command: 'openssl x509 -req' }],
  ],
  ['k0s', { ...issued({ notAfter: days(-3) }), distribution: 'k0s' }, [{ command: 'systemctl restart k0scontroller' }]],
  ['Talos', { ...issued({ notAfter: days(-3) }), distribution: 'Talos' }, [{ command: 'talosctl -n NODE reboot' }]],
  ['k3s renews it at its start', { ...issued({ notAfter: days(-3) }), distribution: 'k3s' }, [{ command: 'systemctl restart k3s' }]],
  ['RKE2', { ...issued({ notAfter: days(-3) }), distribution: 'RKE2' }, [{ command: 'systemctl restart rke2-server' }]],
  ['MicroK8s', { ...issued({ notAfter: days(-3) }), distribution: 'MicroK8s' }, [{ command: 'microk8s refresh-certs' }]],
  ["OpenShift's operator", { ...issued({ notAfter: days(-3) }), distribution: 'OpenShift' }, [{ fix: 'renews it by itself' }]],
  ['no pair is set', noPair, 'inapplicable'],
  ['the file holds no certificate', { proxyClientCert: file('proxyClientCert', { certificates: [] }) }, 'inapplicable'],
  ['its last moment', { ...issued({ notAfter: second }), now: second }, 'passed'],
];
