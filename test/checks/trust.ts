import type { FrontProxyProbe, ProbeAnswer } from '../../src/model.ts';
import { answers, failing, healthy, unknown } from '../support/facts.ts';
import type { Rows } from './row.ts';

const { apiService } = healthy;
const seenAs = (user: string): ProbeAnswer => ({
  status: 403,
  text: `forbidden: User "${user}" cannot get path "/aggctl-probe"`,
  seenAs: user,
});
const status = (code: number): ProbeAnswer => ({ status: code, text: '', seenAs: null });
const probe = (change: Partial<FrontProxyProbe>): { frontProxyProbe: FrontProxyProbe } => ({
  frontProxyProbe: {
    address: '10.96.100.10:443',
    withPair: seenAs('aggctl-probe'),
    without: seenAs('system:anonymous'),
    anonymous: null,
    ...change,
  },
});
const object = `/apis/${apiService.group}/${apiService.version}/namespaces/default/flunders/aggctl-probe`;
const anonymous = (code: number) => ({ without: status(404), anonymous: { path: object, status: code } });

const forbidden =
  'Internal Server Error: "/apis/wardle.example.com/v1alpha1": subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:wardle:apiserver" cannot create resource "subjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope';
const refused = failing(apiService, answers(500, forbidden));
const delegators = (accounts: readonly string[]) => ({
  authDelegators: accounts.length > 0 ? [{ binding: 'ClusterRoleBinding wardle:system:auth-delegator', accounts }] : [],
});

export const rows: Rows = {
  'headers-trusted-without-certificate': [
    ['nobody asked', { frontProxyProbe: null }, 'passed'],
    ['a sound server', probe({}), 'passed'],
    ['it demands a certificate', probe({ without: { status: null, text: 'it ends TLS', seenAs: null } }), 'passed'],
    ['it answers 401', probe({ without: status(401) }), 'passed'],
    [
      'it believes the header',
      probe({ without: seenAs('aggctl-probe') }),
      [
        {
          says: '`wardle/api` can be any user of `wardle.example.com`',
          at: { probe: 'GET https://10.96.100.10:443/aggctl-probe' },
          evidence: 'no certificate: 403 `forbidden: User "aggctl-probe"',
          command: 'kubectl -n wardle get networkpolicies',
        },
      ],
    ],
    ['it could not be asked', { frontProxyProbe: unknown }, 'skipped'],
  ],
  'extension-server-without-authentication': [
    ['nobody asked', { frontProxyProbe: null }, 'passed'],
    ['a sound server', probe({}), 'passed'],
    ['unknown paths are answered before anybody is authenticated', probe(anonymous(401)), 'passed'],
    ['no object could be asked for', probe({ without: status(404) }), 'passed'],
    ['its API is open', probe(anonymous(404)), [{ says: 'the extension server serves everybody', evidence: '404 for an object' }]],
    ['it answers everything', probe(anonymous(200)), [{ at: { probe: `GET https://10.96.100.10:443${object}` } }]],
  ],
  'authentication-delegator-missing': [
    ['it serves', {}, 'passed'],
    ['it fails otherwise', failing(apiService, answers(500, 'etcdserver: request timed out')), 'passed'],
    [
      'discovery is refused',
      { ...refused, ...delegators([]) },
      [
        {
          says: 'ServiceAccount `wardle/apiserver` may not ask',
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
      { userRequest: { path: object, resource: 'flunders', status: 500, text: forbidden, allowed: null } },
      [{ says: 'Nobody but members of `system:masters`' }],
    ],
  ],
};
