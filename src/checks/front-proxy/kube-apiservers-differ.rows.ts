import type { Row } from '../../../test/checks/row.ts';
import { same } from '../../../test/checks/several.ts';
import { flags, unknown } from '../../../test/support/facts.ts';

export const rows: readonly Row[] = [
  ['there is one', {}, 'inapplicable'],
  ['they are the same', { beside: [same, same] }, 'passed'],
  [
    'lists are sets',
    { ...flags({ 'requestheader-allowed-names': 'a,b' }), beside: [flags({ 'requestheader-allowed-names': '"b",a' })] },
    'passed',
  ],
  ['a default that one writes down', { beside: [flags({ 'enable-aggregator-routing': 'false' })] }, 'passed'],
  ['another path of a file: what lies there counts', { beside: [flags({ 'proxy-client-cert-file': '/etc/pki/x.crt' })] }, 'passed'],
  ['header flags that one lacks have a check of their own', { beside: [flags({ 'requestheader-group-headers': null })] }, 'passed'],
  [
    'one of three routes by itself',
    { beside: [same, flags({ 'enable-aggregator-routing': 'true' })] },
    [
      {
        says: '`--enable-aggregator-routing` is `true` on cp-3 and not set on cp-1 and cp-2',
        evidence: 'cp-1 and cp-2: not set (manifest)',
        fix: 'On cp-3, remove --enable-aggregator-routing, as on cp-1 and cp-2:',
        command: 'mv /root/kube-apiserver.yaml',
        latent: false,
        explainedBy: [],
      },
    ],
  ],
  [
    'one of two: it cannot be determined which',
    { beside: [flags({ 'enable-aggregator-routing': 'true' })] },
    [{ fix: 'Choose one value' }],
  ],
  [
    'names that have none in common: the union, so that nothing that works stops',
    { beside: [flags({ 'requestheader-allowed-names': 'aggregator' })] },
    [{ command: '--requestheader-allowed-names=front-proxy-client,aggregator', latent: true, explainedBy: ['allowed-names-exclude-cn'] }],
  ],
  [
    'names empty on one: the union restricts it',
    { beside: [same, flags({ 'requestheader-allowed-names': '' })] },
    [
      {
        says: 'Extension API servers accept from cp-3 only names that other',
        command: '=front-proxy-client',
        latent: false,
        explainedBy: [],
      },
    ],
  ],
  [
    'another header on one',
    { beside: [flags({ 'requestheader-username-headers': 'X-User' })] },
    [{ says: 'accept depends on which kube-apiservers run', latent: true, explainedBy: ['username-headers-missing'] }],
  ],
  [
    'another group header on one',
    { beside: [flags({ 'requestheader-group-headers': 'X-G' })] },
    [{ explainedBy: ['group-headers-missing'] }],
  ],
  [
    'nobody may see the files: the flags tell',
    { proxyClientCert: unknown, beside: [flags({ 'requestheader-allowed-names': 'aggregator' })] },
    [{ fix: "including the common name of every node's front-proxy certificate." }],
  ],
  [
    'names empty on all but one',
    { beside: [flags({ 'requestheader-allowed-names': '' }), flags({ 'requestheader-allowed-names': '' })] },
    [{ says: 'Extension API servers accept from cp-2 and cp-3 only names that other', explainedBy: [] }],
  ],
  [
    'names that have one in common',
    { beside: [flags({ 'requestheader-allowed-names': 'front-proxy-client,aggregator' })] },
    [{ explainedBy: [] }],
  ],
];
