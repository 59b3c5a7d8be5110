import { object } from '../../../test/checks/cluster.ts';
import type { Row } from '../../../test/checks/row.ts';
import { configMap, flags } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['it allows the name', {}, 'passed'],
  ['it allows any', configMap({ allowedNames: [] }), 'passed'],
  ['one of several', configMap({ allowedNames: ['a', 'front-proxy-client'] }), 'passed'],
  ['it does not say', configMap({ allowedNames: null }), 'inapplicable'],
  [
    'another name',
    configMap({ allowedNames: ['aggregator'] }),
    [
      {
        says: '`front-proxy-client` is not in',
        at: { object, field: 'data[requestheader-allowed-names]' },
        evidence: '`x509: subject with cn=front-proxy-client is not in the allowed list`',
        fix: 'every kube-apiserver',
      },
    ],
  ],
  [
    'the flag of this one allows any: that opens no list',
    { ...configMap({ allowedNames: ['aggregator'] }), ...flags({ 'requestheader-allowed-names': null }) },
    [{ evidence: 'this kube-apiserver allows any name', command: '# Set --requestheader-allowed-names=front-proxy-client' }],
  ],
  [
    "somebody else's pair, which is another check",
    {
      ...configMap({ allowedNames: ['aggregator'] }),
      signerFaultByConfigMap: { kind: 'unknown-authority', text: 'x509: certificate signed by unknown authority', above: false },
      clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] },
    },
    'passed',
  ],
  ['another case', configMap({ allowedNames: ['FRONT-PROXY-CLIENT'] }), [{ evidence: '["FRONT-PROXY-CLIENT"]' }]],
  ['no pair is set', { proxyClientCert: null }, 'inapplicable'],
  [
    'a pair that the client CA signed, too, where the CA of the ConfigMap did',
    { ...configMap({ allowedNames: ['aggregator'] }), clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] } },
    [{ says: '`front-proxy-client` is not in' }],
  ],
];
