import { dead, now } from '../../../test/checks/effects.ts';
import type { Row } from '../../../test/checks/row.ts';
import type { BackendPod, Delegation, LoggedRejection } from '../../model.ts';

const exiting = (ready: boolean): BackendPod => ({
  name: 'api-0',
  namespace: 'wardle',
  node: 'cp-1',
  ip: '10.244.0.7',
  hostNetwork: false,
  onNodeAddress: false,
  meshProxy: null,
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
  says: 'unclear',
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

export const rows: readonly Row[] = [
  ['nobody had reason to look', {}, 'passed'],
  ['it is granted', { ...dead, delegation: granted, backendPods: [exiting(false)] }, 'passed'],
  ['it runs all the same: another authorizer grants it', { ...dead, delegation: refused, backendPods: [exiting(true)] }, 'passed'],
  [
    'nobody grants it',
    { ...dead, delegation: refused, backendPods: [exiting(false)] },
    [
      {
        says: 'ServiceAccount `wardle/apiserver` cannot read',
        evidence: ['no RoleBinding in kube-system', 'pod api-0 keeps exiting'],
        command: 'kubectl -n kube-system create rolebinding wardle-apiserver-auth-reader',
      },
    ],
  ],
  [
    'it is bound in another namespace',
    { ...dead, delegation: { ...refused, misplaced: ['RoleBinding wardle/auth-reader'] }, backendPods: [exiting(false)] },
    [{ evidence: ['RoleBinding wardle/auth-reader has no effect', 'no RoleBinding', 'keeps exiting'] }],
  ],
  [
    'it may get it, and no more',
    { serverLog: { ...rejection, kind: 'configmap-not-watched', account: 'wardle/apiserver' } },
    [{ says: '`wardle/apiserver` cannot list and watch', command: '--role=extension-apiserver-authentication-reader' }],
  ],
  ['it rejects for another reason', { serverLog: rejection }, 'passed'],
  [
    'it is bound to another, and one of two containers exits',
    {
      ...dead,
      delegation: { ...refused, readers: [{ binding: 'RoleBinding reader', accounts: ['default/api'] }] },
      backendPods: [{ ...exiting(false), containers: exiting(false).containers.flatMap((one) => [one, { ...one, last: null }]) }],
    },
    [{ evidence: ['RoleBinding reader to default/api', 'keeps exiting'] }],
  ],
];
