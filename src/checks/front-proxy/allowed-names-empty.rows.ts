import { byName, names } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, certificates, client, days, file, flags, frontProxy, healthy, unknown } from '../../../test/support/facts.ts';
import { keyPair } from '../../../test/support/pki.ts';
import type { Certificate } from '../../model.ts';

const shared = ca('kubernetes');
const twin = ca('kubernetes', { notAfter: days(3000) });
const sharing = (other = twin, set: Readonly<Record<string, string | null>> = { [names]: null }, leaf = {}) => ({
  ...flags(set),
  ...frontProxy({ chain: [client(shared, leaf)], trusted: [ca('front-proxy-ca'), shared] }),
  clientCa: file('clientCa', { certificates: certificates([ca('users'), other]) }),
});

const [one, other] = certificates([shared, twin]) as [Certificate, Certificate];
const published = { by: 'ConfigMap', ca: one, other, is: 'key', minor: 34 } as const;
const afar = { clientCa: unknown, requestheaderCa: unknown } as const;

export const unrecorded = 'no fault of the lab reissues a CA with the same name and key';
export const rows: readonly Row[] = [
  ['a name is listed', {}, 'passed'],
  ['no name, and a CA of its own', flags({ [names]: null }), 'passed'],
  ['the same key in both files, and a name', sharing(twin, {}), 'passed'],
  [
    'the same key in both files, and no name',
    sharing(),
    [
      {
        says: '`CN=kubernetes` is a client CA and the requestheader CA',
        at: healthy.flags.at,
        evidence: 'same name and key: serial',
        command: 'Set --requestheader-allowed-names=front-proxy-client',
      },
    ],
  ],
  ['the list is empty', sharing(twin, { [names]: '' }), [{ at: byName[names]?.at }]],
  [
    'the front-proxy client certificate has another common name',
    sharing(twin, { [names]: null }, { subject: [['CN', 'aggregator']] }),
    [{ command: 'Set --requestheader-allowed-names=aggregator' }],
  ],
  [
    'it has none',
    sharing(twin, { [names]: null }, { subject: [['O', 'example']] }),
    [{ command: 'Set --requestheader-allowed-names=front-proxy-client' }],
  ],
  ['the same name, and another key', sharing(ca('kubernetes', { key: keyPair('p-256', 'other') })), 'passed'],
  ['the same key, and another name', sharing(ca('users-2', { key: keyPair('p-256', 'kubernetes') })), 'passed'],
  ['one certificate in both files: another check', sharing(shared), 'passed'],
  ['no requestheader CA', { requestheaderCa: null }, 'inapplicable'],
  ['no client CA', { clientCa: null }, 'inapplicable'],
  [
    'one certificate in both files, and another of its name and key: another check',
    { ...sharing(), clientCa: file('clientCa', { certificates: certificates([twin, shared]) }) },
    'passed',
  ],
  [
    'from a laptop, the same key in both lists of the ConfigMap',
    { ...afar, sharedCa: published },
    [{ says: '`CN=kubernetes` is a client CA and the requestheader CA', evidence: 'same name and key: serial', fix: 'of its own' }],
  ],
  ['from a laptop, no CA is shared', { ...afar, sharedCa: 'none' }, 'passed'],
  ['from a laptop, one certificate is shared: another check', { ...afar, sharedCa: { ...published, is: 'certificate' } }, 'skipped'],
  ['from a laptop, nothing tells', { ...afar, sharedCa: null }, 'skipped'],
];
