import { cert, key, seenFromAfar } from '../../../test/checks/flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { flags, healthy } from '../../../test/support/facts.ts';

const ca = 'requestheader-client-ca-file';
const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';

export const rows: readonly Row[] = [
  ['both are set', {}, 'passed'],
  ['one of the two is another check', flags({ [key]: null }), 'passed'],
  [
    'both are absent',
    flags({ [cert]: null, [key]: null }),
    [{ says: 'neither `--proxy-client-cert-file` nor', at: healthy.flags.at, command: `mv /root/kube-apiserver.yaml ${manifest}` }],
  ],
  [
    'nothing is set at all: one edit names it all',
    {
      ...flags(
        Object.fromEntries([cert, key, ca, 'requestheader-username-headers', 'requestheader-group-headers'].map((name) => [name, null])),
      ),
      proxyClientCert: null,
      proxyClientKey: null,
      requestheaderCa: null,
    },
    [
      {
        command:
          '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt, --requestheader-username-headers=X-Remote-User and --requestheader-group-headers=X-Remote-Group',
      },
    ],
  ],
  [
    'nothing is set at all, where Kubernetes was set up by hand: openssl makes what the flags name',
    {
      ...flags({ [cert]: null, [key]: null, [ca]: null }),
      proxyClientCert: null,
      proxyClientKey: null,
      requestheaderCa: null,
      distribution: null,
    },
    [{ command: 'openssl req -new', fix: 'copy the four files to every other one. Then on each control-plane node' }],
  ],
  [
    'the pair alone is absent there: its CA is kept',
    { ...flags({ [cert]: null, [key]: null }), distribution: null },
    [{ command: '--proxy-client-cert-file=PATH/front-proxy-client.crt' }],
  ],
  ['both are empty', flags({ [cert]: '', [key]: '' }), [{ says: 'presents no client certificate to extension API servers' }]],
  [
    'k3s names its own files',
    { ...flags({ [cert]: '', [key]: '' }), distribution: 'k3s' },
    [{ command: '--proxy-client-cert-file=/var/lib/rancher/k3s/server/tls/client-auth-proxy.crt' }],
  ],
  [
    'seen through a mirror pod of an unknown distribution',
    { ...seenFromAfar, distribution: null },
    [{ fix: 'on each control-plane node, one after the other; kube-apiserver restarts' }],
  ],
  [
    'seen through the mirror pod',
    seenFromAfar,
    [{ at: { object: 'Pod kube-system/kube-apiserver-cp-1' }, command: `mv /root/kube-apiserver.yaml ${manifest}` }],
  ],
];
