import { absent } from '../../../test/checks/front-proxy-files.ts';
import type { Row } from '../../../test/checks/row.ts';
import { file, healthy, noPair, unknown } from '../../../test/support/facts.ts';

const notMounted = { is: 'not-mounted', certificates: [], hostPath: null, path: '/etc/x.crt' } as const;

export const rows: readonly Row[] = [
  ['all are mounted', {}, 'passed'],
  ['one is absent, which is another check', { proxyClientCert: file('proxyClientCert', absent) }, 'passed'],
  [
    'one is not',
    { proxyClientCert: file('proxyClientCert', notMounted) },
    [
      {
        says: '`/etc/x.crt`, named in `--proxy-client-cert-file`',
        at: healthy.flags.byName['proxy-client-cert-file']?.at,
        command: 'vi /root/kube-apiserver.yaml',
      },
    ],
  ],
  [
    'one is not, and a sound pair is where kubeadm keeps it',
    {
      proxyClientCert: file('proxyClientCert', notMounted),
      frontProxyRemedy: {
        at: healthy.flags.at,
        set: { 'proxy-client-cert-file': '/etc/kubernetes/pki/front-proxy-client.crt' },
        unseen: [],
        works: true,
        issue: null,
      },
    },
    [{ fix: 'set --proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt' }],
  ],
  [
    'two are not',
    { proxyClientKey: file('proxyClientKey', { is: 'not-mounted' }), requestheaderCa: file('requestheaderCa', notMounted) },
    [{ says: '`--proxy-client-key-file`' }, { says: '`--requestheader-client-ca-file`' }],
  ],
  ['no flag names any', { ...noPair, requestheaderCa: null }, 'inapplicable'],
  ['the files are not visible', { proxyClientCert: unknown }, 'skipped'],
];
