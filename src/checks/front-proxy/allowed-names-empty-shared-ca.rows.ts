import { byName, names } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, certificates, client, file, flags, frontProxy, healthy, unknown } from '../../../test/support/facts.ts';
import { upgradeFrom } from '../../facts/cluster/upgrade.ts';
import type { Certificate } from '../../model.ts';

const shared = ca('kubernetes');
const sharing = (set: Readonly<Record<string, string | null>>) => ({
  ...flags(set),
  ...frontProxy({ chain: [client(shared)], trusted: [ca('front-proxy-ca'), shared] }),
  clientCa: file('clientCa', { certificates: certificates([shared]) }),
});

const [sharedCertificate] = certificates([shared]) as [Certificate];
const published = { by: 'ConfigMap', ca: sharedCertificate, other: sharedCertificate, is: 'certificate', minor: 34 } as const;
const afar = { clientCa: unknown, requestheaderCa: unknown } as const;

export const rows: readonly Row[] = [
  [
    'one of the CAs of the users, and no name',
    { ...sharing({ [names]: null }), clientCa: file('clientCa', { certificates: certificates([ca('users'), shared]) }) },
    [{ says: 'the CA `CN=kubernetes`' }],
  ],
  ['two CAs, and a name', {}, 'passed'],
  ['two CAs, and no name', flags({ [names]: null }), 'passed'],
  ['one CA for both, and a name', sharing({}), 'passed'],
  [
    'one CA for both, and no name',
    sharing({ [names]: null }),
    [
      {
        says: 'kube-apiserver cannot start: the CA `CN=kubernetes`',
        at: healthy.flags.at,
        command: 'Set --requestheader-allowed-names=front-proxy-client',
      },
    ],
  ],
  ['one CA for both, and an empty list', sharing({ [names]: '' }), [{ at: byName[names]?.at }]],
  [
    'before 1.35 it starts, and is a hole',
    { ...sharing({ [names]: null }), minorVersion: 34 },
    [{ says: 'Every user with a client certificate can act as any other' }],
  ],
  [
    "the pair is a client's, whose name must not be allowed: the front proxy gets its own first",
    {
      ...sharing({ [names]: null }),
      ...frontProxy({ chain: [client(shared, { subject: [['CN', 'system:metrics-server']] })], trusted: [ca('front-proxy-ca'), shared] }),
    },
    [{ fix: 'set --requestheader-allowed-names=front-proxy-client', command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  ['no requestheader CA', { requestheaderCa: null }, 'inapplicable'],
  ['no CA of the users', { clientCa: null }, 'inapplicable'],
  ['from 1.35 on it does not start', { ...sharing({ [names]: null }), minorVersion: 35 }, [{ says: 'kube-apiserver cannot start' }]],
  [
    'nothing tells the version',
    { ...sharing({ [names]: null }), minorVersion: null },
    [{ says: 'kube-apiserver 1.35 and later cannot start, and an older one lets every user act as any other' }],
  ],
  [
    'before 1.35, on the way past it',
    { ...sharing({ [names]: null }), minorVersion: 34, upgrade: upgradeFrom(34, 36) },
    [{ since: 35, effects: 'from Kubernetes 1.35 on' }],
  ],
  [
    'from a laptop, in the ConfigMap',
    { ...afar, sharedCa: published, upgrade: upgradeFrom(34, 35) },
    [
      {
        says: 'Every user with a client certificate can act as any other user: the CA `CN=kubernetes`',
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data[requestheader-allowed-names]' },
        evidence: 'is in client-ca-file and in requestheader-client-ca-file',
        fix: 'a CA and a client certificate of its own',
        since: 35,
      },
    ],
  ],
  [
    'from a laptop, both flags name one file',
    { ...afar, sharedCa: { by: 'flags', path: '/pki/ca.crt', at: healthy.flags.at, minor: 36 } },
    [{ says: 'kube-apiserver cannot start: the CA in `/pki/ca.crt`', at: healthy.flags.at, evidence: 'both name /pki/ca.crt' }],
  ],
  ['from a laptop, no CA is shared', { ...afar, sharedCa: 'none' }, 'passed'],
  ['from a laptop, only the key is shared: another check', { ...afar, sharedCa: { ...published, is: 'key' } }, 'passed'],
  ['from a laptop, nothing tells', { ...afar, sharedCa: null }, 'skipped'],
];
