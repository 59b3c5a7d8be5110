import type { AllFacts } from '../../src/check.ts';
import type {
  Backend,
  BackendContainer,
  BackendEndpoint,
  BackendPod,
  BackendService,
  BackendWorkload,
  ExitMessage,
} from '../../src/model.ts';
import { type Change, healthy, unavailable } from '../support/facts.ts';

const service: BackendService = {
  type: 'ClusterIP',
  clusterIP: '10.96.100.10',
  externalName: null,
  ports: [{ name: 'https', port: 443, targetPort: 443 }],
  selector: { app: 'api' },
  internalTrafficPolicy: 'Cluster',
  ipFamilies: ['IPv4'],
  deleting: false,
};
export const state: BackendContainer['state'] = {
  is: 'running',
  reason: '',
  message: '',
  exitCode: null,
  since: new Date(healthy.now.getTime() - 3_600_000),
};
export const container: BackendContainer = {
  name: 'server',
  image: 'registry.example.test/api:1',
  words: [],
  ports: [{ name: 'https', port: 443 }],
  ready: true,
  restarts: 0,
  state,
  memoryLimit: null,
  last: null,
  readiness: { scheme: 'HTTPS', path: '/readyz', port: 443 },
};
export const pod: BackendPod = {
  name: 'api-7c9f-x',
  namespace: 'wardle',
  node: 'cp-1',
  ip: '10.244.0.5',
  hostNetwork: false,
  onNodeAddress: false,
  meshProxy: null,
  serviceAccount: 'api',
  withoutToken: false,
  servingSecret: null,
  labels: { app: 'api', 'pod-template-hash': '7c9f' },
  owner: 'ReplicaSet/api-7c9f',
  createdAt: new Date(healthy.now.getTime() - 3_600_000),
  deleting: false,
  phase: 'Running',
  reason: '',
  message: '',
  ready: true,
  conditions: [],
  containers: [container],
  initContainers: [],
};
export const endpoint: BackendEndpoint = {
  slice: 'api-1',
  address: '10.244.0.5',
  ready: true,
  node: 'cp-1',
  pod: pod.name,
  ports: [{ name: 'https', port: 443 }],
};
export const deployment: BackendWorkload = { name: 'deployment/api', labels: { app: 'api' }, replicas: 1, refused: null };
export const behind = (change: Partial<BackendService> = {}): Backend => ({
  namespace: 'active',
  service: { ...service, ...change },
  others: null,
});
export const empty = unavailable('MissingEndpoints', 'endpointslices for service/api in "wardle" have no addresses with port name "https"');
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
const because = (text: string) => unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: Get "${url}": ${text}`);
export const refused = because('dial tcp 10.96.100.10:443: connect: connection refused');
export const timedOut = because('context deadline exceeded');
export const rejected = unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: bad status from ${url}: 401`);
/** A pod that is not ready, with its only container in this state. */
export const unready = (its: Partial<BackendContainer>, more: Partial<BackendPod> = {}): Change => ({
  ...empty,
  backend: behind(),
  backendPods: [{ ...pod, ready: false, ...more, containers: [{ ...container, ready: false, ...its }] }],
});
export const waits = (reason: string, message = '', more: Partial<BackendPod> = {}) =>
  unready({ state: { ...state, is: 'waiting', reason, message, since: null } }, { phase: 'Pending', ...more });
export const ended = (reason: string, exitCode: number, message = ''): BackendContainer['state'] => ({
  ...state,
  is: 'terminated',
  reason,
  exitCode,
  message,
});
export const loops = (last = ended('Error', 1), more: Partial<BackendContainer> = {}) =>
  unready({ state: { ...state, is: 'waiting', reason: 'CrashLoopBackOff', since: null }, last, restarts: 4, ...more });
/** The server and its etcd, in these states. */
export const withEtcd = (server: Partial<BackendContainer>, etcd: Partial<BackendContainer>): Change => ({
  ...empty,
  backend: behind(),
  backendPods: [
    {
      ...pod,
      ready: false,
      containers: [
        { ...container, ...server },
        { ...container, ...etcd, name: 'etcd' },
      ],
    },
  ],
});
export const says = (signature: ExitMessage['signature'], text = '…'): ExitMessage[] => [
  { container: `${pod.name}/server`, text, signature },
];
export const none = (workloads: readonly BackendWorkload[], change: Partial<BackendService> = {}): Change => ({
  ...empty,
  backend: behind(change),
  backendPods: [],
  backendWorkloads: workloads,
});
export const slices = (addresses: readonly BackendEndpoint[], names = ['api-1']): AllFacts['backendEndpoints'] => ({
  slices: names,
  addresses,
  portNames: ['https'],
});
/** Ready pods, and connections are refused. */
export const ready = (change: Partial<BackendService>, ...containers: Partial<BackendContainer>[]): Change => ({
  ...refused,
  backend: behind(change),
  backendPods: containers.map((one, index) => ({ ...pod, name: `api-${index}`, containers: [{ ...container, ...one }] })),
});
export const port = (targetPort: number | string) => ({ ports: [{ name: 'https', port: 443, targetPort }] });
