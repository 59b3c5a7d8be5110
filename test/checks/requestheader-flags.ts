import { ca, certificates, client, configMap, file, flags, frontProxy, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const { byName } = healthy.flags;
const names = 'requestheader-allowed-names';
const users = 'requestheader-username-headers';
const groups = 'requestheader-group-headers';
const shared = ca('kubernetes');
const sharing = (set: Readonly<Record<string, string | null>>) => ({
  ...flags(set),
  ...frontProxy({ chain: [client(shared)], trusted: [ca('front-proxy-ca'), shared] }),
  clientCa: file('clientCa', { certificates: certificates([shared]) }),
});

export const rows: Rows = {
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
      [{ evidence: '"\'front-proxy-client\'"' }],
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
