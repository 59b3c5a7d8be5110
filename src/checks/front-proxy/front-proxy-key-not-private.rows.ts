import { none, places } from '../../../test/checks/pki.ts';
import type { Row } from '../../../test/checks/row.ts';
import { file } from '../../../test/support/facts.ts';

const owned = (mode: string, uid = 0, gid = 0) => ({
  proxyClientKey: file('proxyClientKey', { answer: { is: 'pem', mode, uid, gid, mtime: '2026-01-01T00:00:00Z' } }),
});

export const rows: readonly Row[] = [
  ['as kubeadm writes it', owned('0600'), 'passed'],
  ['its group may read it, as some distributions have it', owned('0640', 0, 2000), 'passed'],
  [
    'everybody may read it',
    owned('0644'),
    [
      {
        says: 'may read the front-proxy key',
        at: places.key,
        evidence: 'mode 0644',
        command: 'chmod 0600 /etc/kubernetes/pki/front-proxy-client.key',
      },
    ],
  ],
  ['everybody may write it', owned('0602'), [{ says: 'may overwrite' }]],
  [
    'kube-apiserver itself lives on that right: its group gets it',
    { ...owned('0644'), nodeFiles: { uid: 65534, gids: [2000] } },
    [{ command: 'chgrp 2000 /etc/kubernetes/pki/front-proxy-client.key' }],
  ],
  [
    'its group has it already',
    { ...owned('0644', 0, 2000), nodeFiles: { uid: 65534, gids: [2000] } },
    [{ command: 'chmod 0640 /etc/kubernetes/pki/front-proxy-client.key' }],
  ],
  ['no pair is set', none, 'inapplicable'],
  ['it is absent, which is another check', { proxyClientKey: file('proxyClientKey', { answer: { is: 'absent' } }) }, 'inapplicable'],
  [
    'somebody else owns it, and kube-apiserver runs as root',
    { ...owned('0644', 1000), nodeFiles: { uid: 0, gids: [0] } },
    [{ command: 'chmod 0600' }],
  ],
  [
    'kube-apiserver owns it, and is not root',
    { ...owned('0644', 65534), nodeFiles: { uid: 65534, gids: [0] } },
    [{ command: 'chmod 0600' }],
  ],
];
