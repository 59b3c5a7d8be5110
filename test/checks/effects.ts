import type { BackendPod, Delegation, LoggedRejection } from '../../src/model.ts';
import { answers, failing, healthy, unavailable } from '../support/facts.ts';
import type { Rows } from './row.ts';

const { apiService, now } = healthy;
const dead = unavailable('MissingEndpoints', 'endpointslices for service/api in "wardle" have no addresses with port name ""');
const discovery =
  'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: wardle.example.com/v1alpha1: stale GroupVersion discovery: wardle.example.com/v1alpha1';
const stuck = (name: string, text = discovery) => ({ name, since: new Date(now.getTime() - 7_200_000), text });
const metrics = unavailable('MissingEndpoints', '', { name: 'v1beta1.metrics.k8s.io', group: 'metrics.k8s.io', version: 'v1beta1' });
const blind = (name: string, api = 'metrics.k8s.io') => ({
  name,
  api,
  text: 'the HPA was unable to compute the replica count: failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server is currently unable to handle the request (get pods.metrics.k8s.io)',
});

const exiting = (ready: boolean): BackendPod => ({
  name: 'api-0',
  namespace: 'wardle',
  node: 'cp-1',
  ip: '10.244.0.7',
  hostNetwork: false,
  serviceAccount: 'apiserver',
  withoutToken: false,
  servingSecret: null,
  labels: {},
  owner: 'ReplicaSet/api',
  createdAt: now,
  deleting: false,
  phase: 'Running',
  reason: '',
  message: '',
  ready,
  conditions: [],
  initContainers: [],
  containers: [
    {
      name: 'api',
      image: 'api',
      words: [],
      ports: [],
      ready,
      restarts: 4,
      state: { is: 'waiting', reason: 'CrashLoopBackOff', message: '', exitCode: null, since: null },
      last: { is: 'terminated', reason: 'Error', message: '', exitCode: 1, since: null },
      readiness: null,
      memoryLimit: null,
    },
  ],
});
const rejection: LoggedRejection = {
  kind: 'unclear',
  text: 'x509: certificate signed by unknown authority',
  pod: 'wardle/api-0',
  time: now,
  serial: null,
  authorityKeyId: null,
  date: null,
  commonName: null,
  account: null,
};
const granted: Delegation = { account: 'wardle/apiserver', configMapVerbsMissing: [], reviewsMissing: [], misplaced: [], readers: [] };
const refused: Delegation = { ...granted, configMapVerbsMissing: ['get', 'list', 'watch'] };

export const rows: Rows = {
  'authentication-reader-missing': [
    ['nobody had reason to look', {}, 'passed'],
    ['it is granted', { ...dead, delegation: granted, backendPods: [exiting(false)] }, 'passed'],
    ['it runs all the same: another authorizer grants it', { ...dead, delegation: refused, backendPods: [exiting(true)] }, 'passed'],
    [
      'nobody grants it',
      { ...dead, delegation: refused, backendPods: [exiting(false)] },
      [
        {
          says: 'ServiceAccount `wardle/apiserver` may not read',
          command: 'kubectl -n kube-system create rolebinding wardle-apiserver-auth-reader',
        },
      ],
    ],
    [
      'it is bound in another namespace',
      { ...dead, delegation: { ...refused, misplaced: ['RoleBinding wardle/auth-reader'] }, backendPods: [exiting(false)] },
      [{ says: 'may not read' }],
    ],
    [
      'it may get it, and no more',
      { ownLog: { ...rejection, kind: 'configmap-not-watched', account: 'wardle/apiserver' } },
      [{ says: '`wardle/apiserver` may not list and watch', command: '--role=extension-apiserver-authentication-reader' }],
    ],
    ['it rejects for another reason', { ownLog: rejection }, 'passed'],
  ],
  'namespaces-stuck': [
    ['nothing fails', {}, 'passed'],
    ['nothing waits', dead, 'passed'],
    [
      'one waits for another API',
      { ...dead, stuckNamespaces: [stuck('ci-1', 'metrics.k8s.io/v1beta1: stale GroupVersion discovery')] },
      'passed',
    ],
    ['the API serves again', { ...failing(apiService, answers(200)), stuckNamespaces: [stuck('ci-1')] }, 'passed'],
    [
      'one waits',
      { ...dead, stuckNamespaces: [stuck('ci-1')] },
      [
        {
          says: 'A namespace cannot finish deleting while `v1alpha1.wardle.example.com` does not serve: ci-1.',
          evidence: 'ci-1, for 120m',
        },
      ],
    ],
    [
      'many wait',
      { ...dead, stuckNamespaces: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => stuck(name)) },
      [{ says: '6 namespaces cannot finish deleting', evidence: 'a, for 120m' }],
    ],
  ],
  'autoscalers-without-metrics': [
    ['nothing fails', {}, 'passed'],
    ['none lacks them', metrics, 'passed'],
    ['one lacks those of another API', { ...metrics, blindAutoscalers: [blind('shop/web', 'external.metrics.k8s.io')] }, 'passed'],
    [
      'one lacks them',
      { ...metrics, blindAutoscalers: [blind('shop/web')] },
      [{ says: 'A HorizontalPodAutoscaler scales neither up nor down while `v1beta1.metrics.k8s.io` does not serve: shop/web.' }],
    ],
    [
      'two lack them',
      { ...metrics, blindAutoscalers: [blind('shop/web'), blind('shop/api')] },
      [{ says: '2 HorizontalPodAutoscalers scale neither up nor down', evidence: 'unable to handle the request' }],
    ],
  ],
};
