import { absent } from '../../../test/checks/front-proxy-files.ts';
import type { Row } from '../../../test/checks/row.ts';
import { file, noPair, places } from '../../../test/support/facts.ts';

/** kube-apiserver does not run as root. */
const nobody = { nodeFiles: { uid: 65534, gids: [1000, 2000] } };
const owned = (mode: string, uid: number, gid: number) => ({
  proxyClientKey: file('proxyClientKey', { answer: { is: 'pem', mode, uid, gid, mtime: '2026-01-01T00:00:00Z' } }),
});

export const rows: readonly Row[] = [
  ['root reads all', {}, 'passed'],
  ['root reads what nobody may', owned('0000', 1, 1), 'passed'],
  ['its owner', { ...nobody, ...owned('0400', 65534, 0) }, 'passed'],
  ['one of its groups', { ...nobody, ...owned('0640', 0, 2000) }, 'passed'],
  ['everybody', { ...nobody, ...owned('0604', 0, 0) }, 'passed'],
  [
    'the owner alone, who is another',
    { ...nobody, ...owned('0600', 0, 0) },
    [
      {
        says: 'runs as uid 65534, which may not read `/etc/kubernetes/pki/front-proxy-client.key`',
        at: places.key,
        evidence: 'mode 0600, owner 0, group 0; the process has groups 1000, 2000',
        command: 'chgrp 2000 /etc/kubernetes/pki/front-proxy-client.key',
      },
    ],
  ],
  ['another group', { ...nobody, ...owned('0640', 0, 3000) }, [{ evidence: 'group 3000' }]],
  ['the bits of the owner go before those of everybody', { ...nobody, ...owned('0004', 65534, 0) }, [{ evidence: 'mode 0004' }]],
  ['the bits of the group go before those of everybody', { ...nobody, ...owned('0604', 0, 1000) }, [{ evidence: 'mode 0604' }]],
  [
    'a file that is absent is another check',
    { ...nobody, ...owned('0644', 0, 0), proxyClientCert: file('proxyClientCert', { ...absent, answer: { is: 'absent' } }) },
    'passed',
  ],
  ['no flag names any', { ...noPair, requestheaderCa: null }, 'inapplicable'],
];
