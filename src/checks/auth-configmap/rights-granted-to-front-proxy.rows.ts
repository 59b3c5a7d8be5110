import type { Row } from '../../../test/checks/row.ts';
import { unknown } from '../../../test/support/facts.ts';

const grant = { name: 'proxy', role: 'cluster-admin', user: 'front-proxy-client', alone: true, owner: null };

export const rows: readonly Row[] = [
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
    'by a binding that Helm owns, which undoes a deletion by hand',
    { frontProxyGrants: [{ ...grant, owner: { kind: 'Helm release', name: 'proxy', namespace: 'ops' } }] },
    [{ fix: 'Helm release `ops/proxy` makes it again with its next upgrade', command: 'helm -n ops get values proxy' }],
  ],
  [
    'beside other subjects, and the certificate is a user at the same time',
    { frontProxyGrants: [{ ...grant, alone: false }], clientCaIdentity: { user: grant.user, groups: [] } },
    [{ evidence: 'the client CA also signed', command: 'kubectl edit clusterrolebinding proxy' }],
  ],
  [
    'the certificate of this name is no user',
    { frontProxyGrants: [grant], clientCaIdentity: { user: 'somebody', groups: [] } },
    [{ evidence: ['needs no rights'] }],
  ],
];
