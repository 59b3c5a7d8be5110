import { frontProxyCa } from '../../../test/checks/front-proxy-chain.ts';
import { byName, names } from '../../../test/checks/requestheader-flags.ts';
import type { Row } from '../../../test/checks/row.ts';
import { client, configMap, file, flags, frontProxy, unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['the common name is listed', {}, 'passed'],
  ['an empty list allows every name', flags({ [names]: '' }), 'passed'],
  ['no flag allows every name', flags({ [names]: null }), 'passed'],
  ['one of several', flags({ [names]: 'aggregator,front-proxy-client' }), 'passed'],
  ['in quotes, as CSV takes them', flags({ [names]: '"front-proxy-client"' }), 'passed'],
  [
    'another name, in the ConfigMap too',
    { ...flags({ [names]: 'aggregator' }), ...configMap({ allowedNames: ['aggregator'] }) },
    [
      {
        says: 'Aggregated APIs fail for every user: the common name `front-proxy-client`',
        at: byName[names]?.at,
        evidence: 'allowed by the flag: ["aggregator"]',
        command: '# Add front-proxy-client to --requestheader-allowed-names',
      },
    ],
  ],
  [
    'another case is another name',
    { ...flags({ [names]: 'Front-Proxy-Client' }), ...configMap({ allowedNames: ['Front-Proxy-Client'] }) },
    [{ evidence: 'allowed by the flag: ["Front-Proxy-Client"]' }],
  ],
  [
    'a name of its own, under a CA of its own',
    { ...frontProxy({ chain: [client(frontProxyCa, { subject: [['CN', 'my-proxy']] })], trusted: [frontProxyCa] }) },
    [{ command: '# Add my-proxy to --requestheader-allowed-names' }],
  ],
  [
    "a component's name is not allowed, whatever its CA is: many hold such certificates",
    { ...frontProxy({ chain: [client(frontProxyCa, { subject: [['CN', 'kube-apiserver-etcd-client']] })], trusted: [frontProxyCa] }) },
    [{ command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  [
    'nor is any name under a CA that another flag names, too',
    {
      ...frontProxy({ chain: [client(frontProxyCa, { subject: [['CN', 'my-proxy']] })], trusted: [frontProxyCa] }),
      ...flags({ 'etcd-cafile': byName['requestheader-client-ca-file']?.value ?? '' }),
    },
    [{ command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  [
    'a blank before the name is part of it',
    { ...flags({ [names]: 'aggregator, front-proxy-client' }), ...configMap({ allowedNames: ['aggregator', ' front-proxy-client'] }) },
    [{ evidence: '["aggregator"," front-proxy-client"]' }],
  ],
  [
    'quotes inside the value stay',
    { ...flags({ [names]: "'front-proxy-client'" }), ...configMap({ allowedNames: ["'front-proxy-client'"] }) },
    [
      {
        says: 'the quotes are part of the name',
        evidence: '"\'front-proxy-client\'"',
        command: '# Write front-proxy-client without quotes',
      },
    ],
  ],
  [
    'the ConfigMap still allows it',
    flags({ [names]: 'aggregator' }),
    [{ says: 'work only while', severity: 'warning', latent: true, evidence: 'allowed by the ConfigMap: ["front-proxy-client"]' }],
  ],
  [
    'the ConfigMap allows any',
    { ...flags({ [names]: 'aggregator' }), ...configMap({ allowedNames: [] }) },
    [{ says: 'work only while', severity: 'warning', latent: true }],
  ],
  [
    'one CA for users and the front proxy: they all become that name',
    {
      ...flags({ [names]: 'aggregator' }),
      ...configMap({ allowedNames: ['aggregator'] }),
      clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] },
    },
    [{ says: 'Every user acts as `front-proxy-client`' }],
  ],
  [
    "one CA for both, and a client's name: it is not allowed, the front proxy gets a pair of its own",
    {
      ...frontProxy({ chain: [client(frontProxyCa, { subject: [['CN', 'system:kube-proxy']] })], trusted: [frontProxyCa] }),
      clientCaIdentity: { user: 'system:kube-proxy', groups: ['system:authenticated'] },
    },
    [{ says: 'Every user acts as `system:kube-proxy`', command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  [
    'no common name: an empty one is not proposed',
    frontProxy({ chain: [client(frontProxyCa, { subject: [['O', 'x']] })], trusted: [frontProxyCa] }),
    [{ command: 'kubeadm init phase certs front-proxy-client' }],
  ],
  [
    'a name with a comma is quoted as CSV',
    frontProxy({ chain: [client(frontProxyCa, { subject: [['CN', 'a,b']] })], trusted: [frontProxyCa] }),
    [{ fix: 'add "a,b" to --requestheader-allowed-names' }],
  ],
  [
    "somebody else's pair, which is another check",
    {
      ...flags({ [names]: 'aggregator' }),
      signerFaultByFlags: { kind: 'unknown-authority', text: 'x509: certificate signed by unknown authority', above: false },
      clientCaIdentity: { user: 'front-proxy-client', groups: ['system:authenticated'] },
    },
    'passed',
  ],
  [
    'nobody knows the ConfigMap',
    { ...flags({ [names]: 'aggregator' }), authConfigMap: unknown },
    [{ evidence: 'the ConfigMap could not be read' }],
  ],
  ['there is no certificate', { proxyClientCert: null }, 'inapplicable'],
  ['the file holds none', { proxyClientCert: file('proxyClientCert', { is: 'unusable', certificates: [] }) }, 'inapplicable'],
];
