import { configMap, flags, healthy, unknown } from '../support/facts.ts';
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
    [
      'it is absent, and so is the key: the certificate is named',
      { ...flags({ [requestheaderCa]: null, [key]: null }), authConfigMap: null },
      [{ evidence: 'the certificate that it should cover: /etc/kubernetes/pki/front-proxy-client.crt' }],
    ],
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
};
