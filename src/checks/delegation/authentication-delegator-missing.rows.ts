import type { Row } from '../../../test/checks/row.ts';
import { apiService, object } from '../../../test/checks/trust.ts';
import { answers, failing, unknown } from '../../../test/support/facts.ts';

const forbidden =
  'Internal Server Error: "/apis/wardle.example.com/v1alpha1": subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:wardle:apiserver" cannot create resource "subjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope';
const refused = failing(apiService, answers(500, forbidden));
const delegators = (accounts: readonly string[]) => ({
  authDelegators: accounts.length > 0 ? [{ binding: 'ClusterRoleBinding wardle:system:auth-delegator', accounts }] : [],
});

export const rows: readonly Row[] = [
  ['it serves', {}, 'passed'],
  ['it fails otherwise', failing(apiService, answers(500, 'etcdserver: request timed out')), 'passed'],
  [
    'discovery is refused',
    { ...refused, ...delegators([]) },
    [
      {
        says: 'ServiceAccount `wardle/apiserver` may not create',
        at: { object: 'ServiceAccount wardle/apiserver' },
        evidence: 'no ClusterRoleBinding grants system:auth-delegator',
        command:
          'kubectl create clusterrolebinding wardle-apiserver-auth-delegator --clusterrole=system:auth-delegator --serviceaccount=wardle:apiserver',
      },
    ],
  ],
  [
    'another ServiceAccount is bound',
    { ...refused, ...delegators(['default/apiserver']) },
    [{ evidence: 'default/apiserver by ClusterRoleBinding wardle:system:auth-delegator' }],
  ],
  ['the bindings are out of sight', { ...refused, authDelegators: unknown }, [{ evidence: 'subjectaccessreviews' }]],
  [
    'only requests for objects are refused',
    { userRequest: { path: object, resource: 'flunders', status: 500, text: forbidden, fails: true, allowed: null } },
    [{ says: 'Only members of `system:masters`' }],
  ],
  [
    'users are told of it in an answer that is no server error',
    { userRequest: { path: object, resource: 'flunders', status: 403, text: forbidden, fails: true, allowed: null } },
    'passed',
  ],
];
