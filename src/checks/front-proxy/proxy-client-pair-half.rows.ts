import { byName, cert, key } from '../../../test/checks/flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['both are set', {}, 'passed'],
  ['neither is another check', flags({ [cert]: null, [key]: null }), 'passed'],
  [
    'the key is absent',
    flags({ [key]: null }),
    [
      {
        says: '`--proxy-client-key-file` is not set',
        at: byName[cert]?.at,
        evidence: '--proxy-client-key-file is not set',
        command: 'Set --proxy-client-key-file=/etc/kubernetes/pki/front-proxy-client.key',
      },
    ],
  ],
  [
    'the certificate is empty',
    flags({ [cert]: '' }),
    [
      {
        says: '`--proxy-client-cert-file` is not set',
        at: byName[key]?.at,
        evidence: '--proxy-client-cert-file is empty',
        command: 'Set --proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt',
      },
    ],
  ],
  [
    'a name that tells no other: none is guessed',
    flags({ 'proxy-client-cert-file': '/srv/client', 'proxy-client-key-file': null }),
    [{ command: '# Set --proxy-client-key-file to the key that belongs to --proxy-client-cert-file' }],
  ],
  [
    'as cfssl names them',
    flags({ 'proxy-client-cert-file': '/ssl/aggregator.pem', 'proxy-client-key-file': null }),
    [{ command: '--proxy-client-key-file=/ssl/aggregator-key.pem' }],
  ],
];
