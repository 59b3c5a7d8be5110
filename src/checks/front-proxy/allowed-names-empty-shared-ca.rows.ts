import { byName, names } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, certificates, client, file, flags, frontProxy, healthy } from '../../../test/support/facts.ts';

const shared = ca('kubernetes');
const sharing = (set: Readonly<Record<string, string | null>>) => ({
  ...flags(set),
  ...frontProxy({ chain: [client(shared)], trusted: [ca('front-proxy-ca'), shared] }),
  clientCa: file('clientCa', { certificates: certificates([shared]) }),
});

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
    { ...sharing({ [names]: null }), version: { text: 'v1.34.9', minor: 34 } },
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
  [
    'from 1.35 on it does not start',
    { ...sharing({ [names]: null }), version: { text: 'v1.35.0', minor: 35 } },
    [{ says: 'kube-apiserver cannot start' }],
  ],
];
