import { byName, names } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, certificates, client, file, flags, frontProxy, healthy } from '../../../test/support/facts.ts';

const empty = flags({ [names]: null });
const shared = ca('kubernetes');
const own = ca('front-proxy-ca');

export const rows: readonly Row[] = [
  ['a name is listed', {}, 'passed'],
  [
    'the flag is not set',
    empty,
    [
      {
        says: '`CN=front-proxy-ca` issued can set user headers',
        at: healthy.flags.at,
        evidence: 'is not in --client-ca-file',
        command: 'Set --requestheader-allowed-names=front-proxy-client',
      },
    ],
  ],
  ['the list is empty', flags({ [names]: '' }), [{ at: byName[names]?.at }]],
  [
    'the certificate has another common name',
    { ...empty, ...frontProxy({ chain: [client(own, { subject: [['CN', 'aggregator']] })], trusted: [own] }) },
    [{ command: 'Set --requestheader-allowed-names=aggregator' }],
  ],
  [
    'the certificate has no common name',
    { ...empty, ...frontProxy({ chain: [client(own, { subject: [['O', 'example']] })], trusted: [own] }) },
    [{ command: 'Set --requestheader-allowed-names=front-proxy-client' }],
  ],
  ['no client CA', { ...empty, clientCa: null }, [{ says: 'can set user headers' }]],
  [
    'one CA for both: another check',
    {
      ...empty,
      ...frontProxy({ chain: [client(shared)], trusted: [own, shared] }),
      clientCa: file('clientCa', { certificates: certificates([shared]) }),
    },
    'passed',
  ],
  ['no requestheader CA', { ...empty, requestheaderCa: null }, 'inapplicable'],
  [
    'a requestheader CA file without certificates',
    { ...empty, requestheaderCa: file('requestheaderCa', { certificates: [] }) },
    'inapplicable',
  ],
];
