import { object } from '../../../test/checks/cluster.ts';
import { frontProxyCa } from '../../../test/checks/front-proxy-chain.ts';
import type { Row } from '../../../test/checks/row.ts';
import { client, configMap, flags, frontProxy } from '../../../test/support/facts.ts';

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
        fix: 'writes it to the ConfigMap again by itself',
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
  [
    'another name, and the flag of this one lacks it, too',
    { ...configMap({ allowedNames: ['aggregator'] }), ...flags({ 'requestheader-allowed-names': 'aggregator' }) },
    [{ fix: 'of every kube-apiserver' }],
  ],
  [
    "a client's name under a shared CA is not allowed",
    {
      ...frontProxy({ chain: [client(frontProxyCa, { subject: [['CN', 'system:kube-proxy']] })], trusted: [frontProxyCa] }),
      clientCaIdentity: { user: 'system:kube-proxy', groups: [] },
    },
    [{ command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  ['another case', configMap({ allowedNames: ['FRONT-PROXY-CLIENT'] }), [{ evidence: '["FRONT-PROXY-CLIENT"]' }]],
  ['no pair is set', { proxyClientCert: null }, 'inapplicable'],
  [
    'a pair that the client CA signed, too, where the CA of the ConfigMap did',
    { ...configMap({ allowedNames: ['aggregator'] }), clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] } },
    [{ says: '`front-proxy-client` is not in' }],
  ],
];
