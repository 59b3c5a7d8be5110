import { object } from '../../../test/checks/cluster.ts';
import type { Row } from '../../../test/checks/row.ts';
import { ca, client, configMap, days, frontProxy, unknown } from '../../../test/support/facts.ts';

const frontProxyCa = ca('front-proxy-ca');
const [clientOfAnother, another] = [client(ca('another-ca')), ca('another-ca')];

export const rows: readonly Row[] = [
  ['it contains the signer', {}, 'passed'],
  [
    'the old and the new',
    frontProxy({ chain: [client(frontProxyCa)], trusted: [frontProxyCa], published: [ca('old-ca'), frontProxyCa] }),
    'passed',
  ],
  [
    'it contains another',
    frontProxy({ chain: [clientOfAnother], trusted: [another], published: [frontProxyCa] }),
    [
      {
        says: 'no CA in ConfigMap',
        at: { object, field: 'data[requestheader-client-ca-file]' },
        evidence: 'its CA has not reached the ConfigMap',
        command: '--show-managed-fields',
      },
    ],
  ],
  [
    'the certificate expired, and its signer is there',
    frontProxy({ chain: [client(frontProxyCa, { notAfter: days(-1) })], trusted: [frontProxyCa] }),
    'passed',
  ],
  [
    'the certificate is for servers only',
    frontProxy({ chain: [client(frontProxyCa, { extendedKeyUsage: ['serverAuth'] })], trusted: [frontProxyCa] }),
    'passed',
  ],
  ['it contains none, which is another check', configMap({ requestheaderCa: [] }), 'inapplicable'],
  ['no pair is set', { proxyClientCert: null, signerFaultByConfigMap: null }, 'inapplicable'],
  ['nobody may read it', { authConfigMap: unknown }, 'skipped'],
  [
    'the flags name another, too: where the CA is missing is not said',
    frontProxy({ chain: [clientOfAnother], trusted: [frontProxyCa] }),
    [{ evidence: ['extension API servers log', 'the ConfigMap trusts', 'presented: serial'] }],
  ],
];
