import { ca, certificates, client, configMap, file, flags, frontProxy, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const { byName } = healthy.flags;
const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const [cert, key] = ['proxy-client-cert-file', 'proxy-client-key-file'] as const;
const names = 'requestheader-allowed-names';
const users = 'requestheader-username-headers';
const groups = 'requestheader-group-headers';
const requestheaderCa = 'requestheader-client-ca-file';
/** Flags that come from the mirror pod: nobody can edit a file from there. */
const seenFromAfar = {
  flags: { ...healthy.flags, origin: 'mirror pod', at: { object: 'Pod kube-system/kube-apiserver-cp-1' }, byName: {} },
} as const;
const shared = ca('kubernetes');
const sharing = (set: Readonly<Record<string, string | null>>) => ({
  ...flags(set),
  ...frontProxy({ chain: [client(shared)], trusted: [ca('front-proxy-ca'), shared] }),
  clientCa: file('clientCa', { certificates: certificates([shared]) }),
});

export const rows: Rows = {
  'manifest-not-applied': [
    ['the process runs with the manifest', {}, 'passed'],
    ['lists in another order and in quotes', { ...flags({ [names]: '"b",a' }), ...flags({ [names]: 'a,b' }, 'runningFlags') }, 'passed'],
    [
      'a switch that is false on one side and absent on the other',
      { ...flags({ 'enable-aggregator-routing': 'false' }), ...flags({ 'enable-aggregator-routing': null }, 'runningFlags') },
      'passed',
    ],
    ['another flag, which is none of the aggregation layer', flags({ 'service-account-issuer': 'https://x' }), 'passed'],
    [
      'a name more in the manifest',
      flags({ [names]: 'front-proxy-client,aggregator' }),
      [
        {
          says: '`--requestheader-allowed-names` differs',
          at: byName[names]?.at,
          evidence: '`front-proxy-client,aggregator` in the manifest, `front-proxy-client` in the process (/flagz)',
          command: 'journalctl -u kubelet',
        },
      ],
    ],
    [
      'gone from the manifest',
      flags({ [cert]: null }),
      [{ says: '`--proxy-client-cert-file` differs', at: healthy.flags.at, evidence: 'not set in the manifest' }],
    ],
    [
      'several at once',
      flags({ [users]: 'X-User', [groups]: 'X-Group' }),
      [{ says: '`--requestheader-username-headers`, `--requestheader-group-headers` differ.' }],
    ],
    ['the mirror pod is all that is seen of either', seenFromAfar, 'inapplicable'],
    ['nothing shows what runs', { runningFlags: unknown }, 'skipped'],
    ['a manifest that is not in place yet', { proposal: { replaces: null }, ...flags({ [names]: 'a' }) }, 'inapplicable'],
  ],
  'proxy-client-pair-missing': [
    ['both are set', {}, 'passed'],
    ['one of the two is another check', flags({ [key]: null }), 'passed'],
    [
      'both are absent',
      flags({ [cert]: null, [key]: null }),
      [{ says: 'neither `--proxy-client-cert-file` nor', at: healthy.flags.at, command: `mv /root/kube-apiserver.yaml ${manifest}` }],
    ],
    ['both are empty', flags({ [cert]: '', [key]: '' }), [{ says: 'shows extension servers no client certificate' }]],
    [
      'seen through the mirror pod',
      seenFromAfar,
      [{ at: { object: 'Pod kube-system/kube-apiserver-cp-1' }, fix: 'on each control-plane node' }],
    ],
  ],
  'proxy-client-pair-half': [
    ['both are set', {}, 'passed'],
    ['neither is another check', flags({ [cert]: null, [key]: null }), 'passed'],
    [
      'the key is absent',
      flags({ [key]: null }),
      [
        {
          says: '`--proxy-client-key-file` is not set',
          at: byName[cert]?.at,
          evidence: '--proxy-client-key-file is absent',
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
  ],
  'requestheader-ca-missing': [
    ['it is set', {}, 'passed'],
    [
      'it is absent, and nobody published another',
      { ...flags({ [requestheaderCa]: null }), ...configMap({ requestheaderCa: null }) },
      [{ says: 'Aggregated APIs fail for every user', at: healthy.flags.at, command: 'Set --requestheader-client-ca-file=' }],
    ],
    [
      'it is absent, and the ConfigMap holds an empty key',
      { ...flags({ [requestheaderCa]: null }), ...configMap({ requestheaderCa: [] }) },
      [{ says: 'Aggregated APIs fail for every user' }],
    ],
    [
      'it is absent, and the ConfigMap still holds a CA',
      flags({ [requestheaderCa]: null }),
      [{ says: 'work only as long as', severity: 'warning', latent: true }],
    ],
    [
      'it is absent, and nobody knows the ConfigMap',
      { ...flags({ [requestheaderCa]: null }), authConfigMap: unknown },
      [{ evidence: 'the ConfigMap could not be read' }],
    ],
    [
      'it is empty, and there is no ConfigMap',
      { ...flags({ [requestheaderCa]: '' }), authConfigMap: null },
      [{ says: 'Aggregated APIs fail for every user' }],
    ],
  ],
  'allowed-names-exclude-cn': [
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
      'a blank before the name is part of it',
      { ...flags({ [names]: 'aggregator, front-proxy-client' }), ...configMap({ allowedNames: ['aggregator', ' front-proxy-client'] }) },
      [{ evidence: '["aggregator"," front-proxy-client"]' }],
    ],
    [
      'quotes inside the value stay',
      { ...flags({ [names]: "'front-proxy-client'" }), ...configMap({ allowedNames: ["'front-proxy-client'"] }) },
      [{ says: 'the quotes are part of the name', evidence: '"\'front-proxy-client\'"', command: '# Write front-proxy-client bare' }],
    ],
    [
      'the ConfigMap still allows it',
      flags({ [names]: 'aggregator' }),
      [{ says: 'work only as long as', severity: 'warning', latent: true, evidence: 'allowed by the ConfigMap: ["front-proxy-client"]' }],
    ],
    [
      'the ConfigMap allows any',
      { ...flags({ [names]: 'aggregator' }), ...configMap({ allowedNames: [] }) },
      [{ says: 'work only as long as', severity: 'warning', latent: true }],
    ],
    [
      'nobody knows the ConfigMap',
      { ...flags({ [names]: 'aggregator' }), authConfigMap: unknown },
      [{ evidence: 'the ConfigMap could not be read' }],
    ],
    ['there is no certificate', { proxyClientCert: null }, 'inapplicable'],
    ['the file holds none', { proxyClientCert: file('proxyClientCert', { is: 'unusable', certificates: [] }) }, 'inapplicable'],
  ],
  'allowed-names-empty-shared-ca': [
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
    ['no requestheader CA', { requestheaderCa: null }, 'inapplicable'],
    ['no CA of the users', { clientCa: null }, 'inapplicable'],
  ],
  'username-headers-missing': [
    ['the standard header', {}, 'passed'],
    ['in any case', flags({ [users]: 'x-remote-user' }), 'passed'],
    ['among others', flags({ [users]: 'X-User,X-Remote-User' }), 'passed'],
    [
      'absent, in the ConfigMap too',
      { ...flags({ [users]: null }), ...configMap({ usernameHeaders: [] }) },
      [
        {
          says: '`--requestheader-username-headers` is not set',
          at: healthy.flags.at,
          command: 'Set --requestheader-username-headers=X-Remote-User',
        },
      ],
    ],
    [
      'another header, in the ConfigMap too',
      { ...flags({ [users]: 'X-User' }), ...configMap({ usernameHeaders: ['X-User'] }) },
      [{ says: 'is `X-User`, without X-Remote-User', at: byName[users]?.at }],
    ],
    ['the ConfigMap still names it', flags({ [users]: null }), [{ says: 'work only as long as', severity: 'warning', latent: true }]],
    [
      'nobody knows the ConfigMap',
      { ...flags({ [users]: '' }), authConfigMap: unknown },
      [{ says: 'is not set', evidence: 'the ConfigMap could not be read' }],
    ],
  ],
  'group-headers-missing': [
    ['the standard header', {}, 'passed'],
    ['in any case', flags({ [groups]: 'X-REMOTE-GROUP' }), 'passed'],
    [
      'absent, in the ConfigMap too',
      { ...flags({ [groups]: null }), ...configMap({ groupHeaders: [] }) },
      [{ says: 'Users lose their groups', at: healthy.flags.at, command: 'Set --requestheader-group-headers=X-Remote-Group' }],
    ],
    [
      'another header, in the ConfigMap too',
      { ...flags({ [groups]: 'X-Group' }), ...configMap({ groupHeaders: ['X-Group'] }) },
      [{ says: 'is `X-Group`, without X-Remote-Group', at: byName[groups]?.at }],
    ],
    ['the ConfigMap still names it', flags({ [groups]: null }), [{ says: 'keep their groups', severity: 'warning', latent: true }]],
    [
      'nobody knows the ConfigMap',
      { ...flags({ [groups]: null }), authConfigMap: unknown },
      [{ evidence: 'the ConfigMap could not be read' }],
    ],
  ],
};
