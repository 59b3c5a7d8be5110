import { absent } from '../../../test/checks/front-proxy-files.ts';
import type { Row } from '../../../test/checks/row.ts';
import { file, healthy, noPair } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['all exist', {}, 'passed'],
  [
    'the certificate does not',
    { proxyClientCert: file('proxyClientCert', absent) },
    [
      {
        says: '`/etc/kubernetes/pki/front-proxy-client.crt`, named in `--proxy-client-cert-file`, does not exist',
        at: healthy.flags.byName['proxy-client-cert-file']?.at,
        command:
          '&& cp -p /etc/kubernetes/pki/front-proxy-client.key /etc/kubernetes/pki/front-proxy-client.key."$(date +%Y%m%d%H%M%S)" && cp "$d"/front-proxy-client.crt /etc',
      },
    ],
  ],
  [
    'both halves do not: there is nothing to move away',
    { proxyClientCert: file('proxyClientCert', absent), proxyClientKey: file('proxyClientKey', { is: 'absent' }) },
    [{ says: 'front-proxy-client.crt', command: 'kubeadm init phase certs front-proxy-client' }, { says: 'front-proxy-client.key' }],
  ],
  [
    'the CA does not, and a new one would be worthless',
    { requestheaderCa: file('requestheaderCa', absent) },
    [{ says: '`--requestheader-client-ca-file`', command: 'scp root@OTHER-NODE:/etc/kubernetes/pki/front-proxy-ca.crt' }],
  ],
  [
    'another place than the one that kubeadm writes to',
    { proxyClientCert: file('proxyClientCert', { ...absent, hostPath: '/srv/x.crt' }) },
    [
      {
        says: '`/srv/x.crt`',
        command: 'ls -l /etc/kubernetes/pki/front-proxy-client.crt /etc/kubernetes/pki/front-proxy-client.key && cp ',
      },
    ],
  ],
  [
    'another distribution',
    { proxyClientCert: file('proxyClientCert', absent), distribution: null },
    [{ fix: 'issue a client certificate for the front proxy alone', command: 'openssl x509 -req' }],
  ],
  ['no flag names any', { ...noPair, requestheaderCa: null }, 'inapplicable'],
];
