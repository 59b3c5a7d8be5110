import { configMap, days, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const object = 'ConfigMap kube-system/extension-apiserver-authentication';
const names = 'requestheader-allowed-names';
const broken = (key: string, reason = 'it is not JSON') => configMap({ malformed: [{ key, reason }] });
const grant = { name: 'proxy', role: 'cluster-admin', user: 'front-proxy-client', alone: true };
const entry = (text: string, manager: string | null, key = names) => ({
  key,
  entry: text,
  writer: manager === null ? null : { manager, at: days(-2) },
});

export const rows: Rows = {
  'configmap-value-unusable': [
    ['all can be read', {}, 'passed'],
    [
      'a list is no JSON: it becomes what the flag says',
      broken(names),
      [
        {
          says: 'Extension servers that start now exit',
          at: { object, field: `data[${names}]` },
          evidence: 'it is not JSON',
          command: `--type=merge -p '{"data":{"${names}":"[\\"front-proxy-client\\"]"}}'`,
        },
      ],
    ],
    [
      'no flags are visible: what kube-apiserver sends',
      { ...broken('requestheader-username-headers'), flags: unseen() },
      [{ command: '[\\"X-Remote-User\\"]' }],
    ],
    [
      'a CA is no PEM: it is taken out, and kube-apiserver writes its own',
      broken('requestheader-client-ca-file', 'data does not contain any valid RSA or ECDSA certificates'),
      [{ says: 'trust no CA of that kind', command: '[{"op":"remove","path":"/data/requestheader-client-ca-file"}]' }],
    ],
    [
      'two of them',
      configMap({
        malformed: [
          { key: names, reason: 'x' },
          { key: 'client-ca-file', reason: 'y' },
        ],
      }),
      [{ says: `\`${names}\` and \`client-ca-file\``, command: 'path":"/data/client-ca-file"' }],
    ],
    ['there is no ConfigMap', { authConfigMap: null }, 'inapplicable'],
  ],
  'configmap-entries-not-from-kube-apiserver': [
    ['it holds what the flags say', {}, 'passed'],
    ['left over by kube-apiserver itself', { unclaimedEntries: [entry('aggregator', 'kube-apiserver')] }, 'passed'],
    ['left over by the kube-apiserver inside of k3s', { unclaimedEntries: [entry('aggregator', 'k3s')] }, 'passed'],
    [
      'written by hand',
      { unclaimedEntries: [entry('intruder', 'kubectl-edit')] },
      [
        {
          says: 'holds `intruder` (requestheader-allowed-names), written by `kubectl-edit`',
          at: { object, field: `data[${names}]` },
          evidence: 'kubectl-edit wrote there 2d ago',
          command: 'kubectl -n kube-system edit configmap',
        },
      ],
    ],
    ['it cannot be told', { unclaimedEntries: null }, 'inapplicable'],
  ],
  'configmap-entries-stale': [
    ['it holds what the flags say', {}, 'passed'],
    ['written by hand, which is another check', { unclaimedEntries: [entry('intruder', 'kubectl-edit')] }, 'passed'],
    [
      'an old CA and two old names',
      {
        unclaimedEntries: [
          entry('CN=old-ca, serial 1F', 'kube-apiserver', 'requestheader-client-ca-file'),
          entry('a', 'real-kube-apiserver'),
          entry('b', null),
        ],
      },
      [
        {
          says: '`CN=old-ca, serial 1F` (requestheader-client-ca-file), `a` (requestheader-allowed-names) and `b`',
          at: { object, field: 'data[requestheader-client-ca-file]' },
          fix: 'take just these entries out and leave the rest',
          command: '# without CN=old-ca, serial 1F, a and b',
        },
      ],
    ],
    ['it cannot be told', { unclaimedEntries: null }, 'inapplicable'],
  ],
  'rights-granted-to-front-proxy': [
    ['none are', {}, 'passed'],
    ['in a recording of an earlier time', { frontProxyGrants: null }, 'inapplicable'],
    ['bindings may not be listed', { frontProxyGrants: unknown }, 'skipped'],
    [
      'by a binding of its own',
      { frontProxyGrants: [grant] },
      [
        {
          says: 'Every user has the rights of ClusterRole `cluster-admin` wherever',
          at: { object: 'ClusterRoleBinding proxy', field: 'subjects' },
          command: 'kubectl delete clusterrolebinding proxy',
        },
      ],
    ],
    [
      'beside other subjects, and the certificate is a user at the same time',
      { frontProxyGrants: [{ ...grant, alone: false }], clientCaIdentity: { user: grant.user, groups: [] } },
      [{ evidence: 'the CA of the users vouches for', command: 'kubectl edit clusterrolebinding proxy' }],
    ],
  ],
};

/** The flags, with none of those that the ConfigMap is made of. */
function unseen() {
  const { byName, ...rest } = healthy.flags;
  return { ...rest, byName: Object.fromEntries(Object.entries(byName).filter(([name]) => !name.startsWith('requestheader'))) };
}
