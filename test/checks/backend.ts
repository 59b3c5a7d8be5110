import type { AllFacts } from '../../src/check.ts';
import type {
  Backend,
  BackendContainer,
  BackendEndpoint,
  BackendPod,
  BackendService,
  BackendWorkload,
  LastWords,
} from '../../src/model.ts';
import { type Change, healthy, unavailable } from '../support/facts.ts';
import type { Rows } from './row.ts';

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
const state: BackendContainer['state'] = {
  is: 'running',
  reason: '',
  message: '',
  exitCode: null,
  since: new Date(healthy.now.getTime() - 3_600_000),
};
const container: BackendContainer = {
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
const pod: BackendPod = {
  name: 'api-7c9f-x',
  namespace: 'wardle',
  node: 'cp-1',
  ip: '10.244.0.5',
  hostNetwork: false,
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
const endpoint: BackendEndpoint = {
  slice: 'api-1',
  address: '10.244.0.5',
  ready: true,
  node: 'cp-1',
  pod: pod.name,
  ports: [{ name: 'https', port: 443 }],
};
const deployment: BackendWorkload = { name: 'deployment/api', labels: { app: 'api' }, replicas: 1, refused: null };

const webhook = (server: string) =>
  `Internal error occurred: failed calling webhook "policy.example.com": failed to call webhook: Post "https://${server}.svc:443/validate?timeout=5s": dial tcp 10.96.0.9:443: connect: connection refused`;

const behind = (change: Partial<BackendService> = {}): Backend => ({
  namespace: 'active',
  service: { ...service, ...change },
  others: null,
});
const empty = unavailable('MissingEndpoints', 'endpointslices for service/api in "wardle" have no addresses with port name "https"');
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
const because = (text: string) => unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: Get "${url}": ${text}`);
const refused = because('dial tcp 10.96.100.10:443: connect: connection refused');
const timedOut = because('context deadline exceeded');
const rejected = unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: bad status from ${url}: 401`);
const gone = unavailable('ServiceNotFound', 'service/api in "wardle" is not present');

/** A pod that is not ready, with its only container in this state. */
const unready = (its: Partial<BackendContainer>, more: Partial<BackendPod> = {}): Change => ({
  ...empty,
  backend: behind(),
  backendPods: [{ ...pod, ready: false, ...more, containers: [{ ...container, ready: false, ...its }] }],
});
const waits = (reason: string, message = '', more: Partial<BackendPod> = {}) =>
  unready({ state: { ...state, is: 'waiting', reason, message, since: null } }, { phase: 'Pending', ...more });
const ended = (reason: string, exitCode: number, message = ''): BackendContainer['state'] => ({
  ...state,
  is: 'terminated',
  reason,
  exitCode,
  message,
});
const loops = (last = ended('Error', 1), more: Partial<BackendContainer> = {}) =>
  unready({ state: { ...state, is: 'waiting', reason: 'CrashLoopBackOff', since: null }, last, restarts: 4, ...more });
const noProgram = 'exec: "/usr/local/bin/etcd": stat /usr/local/bin/etcd: no such file or directory';
/** The server and its etcd, in these states. */
const withEtcd = (server: Partial<BackendContainer>, etcd: Partial<BackendContainer>): Change => ({
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
const pending = (conditions: BackendPod['conditions'], seconds = 300) =>
  unready({}, { phase: 'Pending', node: null, conditions, createdAt: new Date(healthy.now.getTime() - seconds * 1000) });
const says = (meaning: LastWords['meaning'], text = '…'): LastWords[] => [{ container: `${pod.name}/server`, text, meaning }];
const none = (workloads: readonly BackendWorkload[], change: Partial<BackendService> = {}): Change => ({
  ...empty,
  backend: behind(change),
  backendPods: [],
  backendWorkloads: workloads,
});
const slices = (addresses: readonly BackendEndpoint[], names = ['api-1']): AllFacts['backendEndpoints'] => ({
  slices: names,
  addresses,
  portNames: ['https'],
});
/** Ready pods, and connections are refused. */
const ready = (change: Partial<BackendService>, ...containers: Partial<BackendContainer>[]): Change => ({
  ...refused,
  backend: behind(change),
  backendPods: containers.map((one, index) => ({ ...pod, name: `api-${index}`, containers: [{ ...container, ...one }] })),
});
const port = (targetPort: number | string) => ({ ports: [{ name: 'https', port: 443, targetPort }] });
const web: BackendPod = {
  ...pod,
  name: 'web-0',
  owner: 'StatefulSet/web',
  containers: [{ ...container, ports: [{ name: 'http', port: 80 }] }],
};
const local = { internalTrafficPolicy: 'Local' };
const toClusterIP = { to: 'ClusterIP', evidence: 'the condition names the ClusterIP' } as const;

export const rows: Rows = {
  'service-missing': [
    ['it serves', {}, 'passed'],
    ['nobody looked', gone, 'passed'],
    ['it exists', { ...gone, backend: behind() }, 'passed'],
    [
      'it does not',
      { ...gone, backend: { namespace: 'active', service: null, others: [] } },
      [{ says: 'Service `wardle/api`, which', command: 'kubectl get services --all-namespaces' }],
    ],
    [
      'nor does its namespace: the APIService is left over',
      { ...gone, backend: { namespace: 'absent', service: null, others: null } },
      'passed',
    ],
    [
      'its namespace is going',
      { ...gone, backend: { namespace: 'terminating', service: null, others: [] } },
      [{ says: 'is being deleted' }],
    ],
    [
      'another has its port',
      {
        ...gone,
        backend: {
          namespace: 'active',
          service: null,
          others: [
            { name: 'api-v2', ports: [443] },
            { name: 'web', ports: [80] },
          ],
        },
      },
      [{ evidence: 'api-v2 (port 443) and web (port 80)', command: '{"spec":{"service":{"name":"api-v2"}}}' }],
    ],
  ],
  'service-port-missing': [
    ['it serves', {}, 'passed'],
    ['it has the port', { ...refused, backend: behind() }, 'passed'],
    ['an ExternalName has no ports', { ...refused, backend: behind({ type: 'ExternalName', ports: [] }) }, 'passed'],
    [
      'it has another',
      { ...refused, backend: behind({ ports: [{ name: 'https', port: 8443, targetPort: 8443 }] }) },
      [{ says: 'has no port `443`', evidence: '8443 (https)', command: '"port":8443' }],
    ],
    [
      'it has two others',
      { ...refused, backend: behind({ ports: [8443, 9443].map((one) => ({ name: '', port: one, targetPort: one })) }) },
      [{ evidence: '8443 and 9443', fix: 'for instance' }],
    ],
  ],
  'service-not-routable': [
    ['it serves', {}, 'passed'],
    [
      'headless',
      unavailable('FailedDiscoveryCheck', 'cannot route to service with ClusterIP "None"'),
      [{ says: 'is headless', command: 'kubectl create -f service.yaml' }],
    ],
    ['an ExternalName', unavailable('FailedDiscoveryCheck', 'unsupported service type "ExternalName"'), [{ says: 'is an ExternalName' }]],
    ['refused', refused, 'passed'],
  ],
  'service-selects-no-pods': [
    ['it serves', {}, 'passed'],
    ['there are pods', { ...empty, backend: behind(), backendPods: [pod], backendWorkloads: null }, 'passed'],
    ['a Deployment makes such pods', none([deployment]), 'passed'],
    ['it has no selector', none([], { selector: null }), 'passed'],
    ['nothing makes pods', none([]), [{ says: '`app=api`', command: "'KEY=VALUE'" }]],
    [
      'the Deployment of its name has other labels',
      none([{ ...deployment, labels: { app: 'server', tier: 'x' } }]),
      [{ evidence: 'app=server and tier=x', command: "set selector service api 'app=server'" }],
    ],
    [
      'two come near',
      none(
        [
          { ...deployment, name: 'deployment/a', labels: { app: 'api', tier: 'a' } },
          { ...deployment, name: 'deployment/b', labels: { app: 'api', tier: 'b' } },
        ],
        { selector: { app: 'api', tier: 'c' } },
      ),
      [{ evidence: 'deployment/b makes pods', command: "'KEY=VALUE'" }],
    ],
  ],
  'extension-server-scaled-to-zero': [
    ['it serves', {}, 'passed'],
    ['no replicas', none([{ ...deployment, replicas: 0 }]), [{ says: '`deployment/api`', command: 'scale deployment/api --replicas=1' }]],
    ['one replica', none([deployment]), 'passed'],
    ['a DaemonSet', none([{ ...deployment, name: 'daemonset/api', replicas: null }]), 'passed'],
    ["another's Deployment is", none([{ ...deployment, labels: { app: 'web' }, replicas: 0 }]), 'passed'],
  ],
  'extension-server-not-admitted': [
    ['it serves', {}, 'passed'],
    ['they are', none([deployment]), 'passed'],
    [
      'a quota',
      none([
        {
          ...deployment,
          refused: 'pods "api-7c9f-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1',
        },
      ]),
      [{ says: 'a ResourceQuota', evidence: 'exceeded quota: small', command: 'describe resourcequota' }],
    ],
    [
      'PodSecurity',
      none([
        {
          ...deployment,
          refused: 'pods "api-7c9f-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
        },
      ]),
      [{ says: 'PodSecurity', command: 'kubectl -n wardle edit deployment/api' }],
    ],
    [
      'a webhook decides so',
      none([{ ...deployment, refused: 'admission webhook "policy.example.com" denied the request: no limits' }]),
      [{ says: 'admission webhook `policy.example.com` decides against them', command: 'grep -F policy.example.com' }],
    ],
    [
      'a webhook of somebody else does not answer',
      none([{ ...deployment, refused: webhook('policy.security') }]),
      [{ says: 'does not answer', fix: 'or let its server answer' }],
    ],
    [
      'a webhook of the extension server itself does not',
      none([{ ...deployment, refused: webhook('api.wardle') }]),
      [{ says: 'its server is this very extension server', fix: 'operator: NotIn, values: [wardle]' }],
    ],
    [
      'something else',
      none([{ ...deployment, refused: 'something new' }]),
      [{ says: 'kube-apiserver refuses them', command: 'describe deployment/api' }],
    ],
  ],
  'extension-server-unschedulable': [
    ['it serves', {}, 'passed'],
    [
      'no room',
      pending([
        { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available: 1 Insufficient cpu.' },
      ]),
      [{ evidence: '1 Insufficient cpu', fix: 'let it request less', command: 'edit deployment/api' }],
    ],
    [
      'a port of the host',
      pending([
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message: "1 node(s) didn't have free ports for the requested pod ports",
        },
      ]),
      [{ fix: 'hostPort' }],
    ],
    [
      'words that nobody knows',
      pending([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'something new' }]),
      [{ fix: 'Change in the pod template' }],
    ],
    ['no scheduler', pending([]), [{ evidence: 'without a word of a scheduler for 5m', command: 'component=kube-scheduler' }]],
    ['a moment ago', pending([], 5), 'passed'],
    ['it has a node', waits('ContainerCreating'), 'passed'],
    ['it is going', { ...pending([]), backendPods: [{ ...pod, ready: false, deleting: true }] }, 'passed'],
  ],
  'extension-server-image-unavailable': [
    ['it serves', {}, 'passed'],
    [
      'no such tag',
      waits(
        'ImagePullBackOff',
        'Back-off pulling image "registry.example.test/api:1": ErrImagePull: registry.example.test/api:1: not found',
      ),
      [{ says: 'the image `registry.example.test/api:1`', fix: 'has no such image', command: 'set image deployment/api server=IMAGE' }],
    ],
    ['not let in', waits('ErrImagePull', 'pull access denied'), [{ fix: 'imagePullSecret' }]],
    ['never pulled', waits('ErrImageNeverPull', ''), [{ fix: 'pull policy is `Never`' }]],
    [
      'only an event tells',
      {
        ...waits('ImagePullBackOff', 'Back-off pulling image'),
        backendEvents: [
          { object: `Pod/${pod.name}`, reason: 'Failed', message: 'dial tcp: lookup registry.example.test: no such host', at: healthy.now },
        ],
      },
      [{ evidence: 'event Failed', fix: 'does not reach the registry' }],
    ],
    ['words that nobody knows', waits('ErrImagePull', 'something new'), [{ fix: 'See what the registry says' }]],
    ['another pod is ready', { ...refused, backendPods: [...((waits('ErrImagePull').backendPods as BackendPod[]) ?? []), pod] }, 'passed'],
    ['another failure', { ...waits('ErrImagePull'), ...rejected }, 'passed'],
  ],
  'extension-server-cannot-start': [
    ['it serves', {}, 'passed'],
    [
      'no such Secret',
      waits('CreateContainerConfigError', 'secret "serving" not found'),
      [{ evidence: 'secret "serving" not found', fix: 'Create the Secret' }],
    ],
    [
      'a volume',
      {
        ...waits('ContainerCreating'),
        backendEvents: [
          {
            object: `Pod/${pod.name}`,
            reason: 'FailedMount',
            message: 'MountVolume.SetUp failed for volume "tls" : timed out',
            at: healthy.now,
          },
        ],
      },
      [{ evidence: 'event FailedMount', fix: 'A volume cannot be mounted' }],
    ],
    ['for long', waits('ContainerCreating'), [{ evidence: '`ContainerCreating`, for 60m', command: 'describe pod api-7c9f-x' }]],
    ['a moment ago', waits('ContainerCreating', '', { createdAt: healthy.now }), 'passed'],
    ...(['CrashLoopBackOff', 'RunContainerError'] as const).map((reason): Rows[string][number] => [
      `no such program, while kubelet shows ${reason}`,
      loops(ended('StartError', 128, noProgram), { state: { ...state, is: 'waiting', reason, since: null } }),
      [{ says: 'container `server`', evidence: `\`StartError\`, \`${noProgram}\``, fix: 'no such program' }],
    ]),
    [
      'another container ends for want of it',
      withEtcd({ ready: false, last: ended('Error', 2) }, { ready: false, state: ended('StartError', 128, noProgram) }),
      [{ says: 'container `etcd`' }],
    ],
  ],
  'extension-server-crashes': [
    ['it serves', {}, 'passed'],
    [
      'nobody knows why',
      loops(),
      [
        {
          says: 'keeps exiting.',
          evidence: 'Error, exit code 1, 4 restarts',
          command: '--previous',
          explainedBy: ['authentication-reader-missing'],
        },
      ],
    ],
    [
      'its last words',
      {
        ...loops(),
        lastWords: says(
          { name: 'port-taken', means: 'cannot listen', explainedBy: [], repair: 'give it another port' },
          'bind: address already in use',
        ),
      },
      [{ says: 'the extension server cannot listen', evidence: 'bind: address already in use', fix: 'Give it another port:' }],
    ],
    [
      'what the ConfigMap explains',
      { ...loops(), lastWords: says({ name: 'c', means: 'cannot read', explainedBy: ['configmap-value-unusable'], repair: 'repair it' }) },
      [{ explainedBy: ['configmap-value-unusable'] }],
    ],
    [
      'last words of no known meaning',
      { ...loops(), lastWords: says(null, 'panic: x') },
      [{ says: 'keeps exiting.', evidence: 'panic: x' }],
    ],
    ['memory', loops(ended('OOMKilled', 137), { memoryLimit: '16Mi' }), [{ says: 'its limit of `16Mi`', fix: 'Raise the memory limit' }]],
    [
      'it runs again for a moment',
      unready({ state: { ...state, since: healthy.now }, last: ended('Error', 2), restarts: 1 }),
      [{ evidence: '1 restart' }],
    ],
    ['it ended for the first time', unready({ state: ended('Completed', 3) }), [{ evidence: 'Completed, exit code 3' }]],
    ['it has run for an hour since', unready({ last: ended('Error', 2), restarts: 1 }), 'passed'],
    [
      'its etcd ends beside it',
      {
        ...withEtcd(
          { ready: false, last: ended('Error', 2), state: { ...state, since: healthy.now }, restarts: 1 },
          { last: ended('Error', 1), state: { ...state, since: healthy.now }, restarts: 5 },
        ),
        lastWords: [
          ...says({ name: 'etcd-down', means: 'does not reach its etcd', explainedBy: [], repair: 'look' }),
          { container: `${pod.name}/etcd`, text: 'cannot access data directory', meaning: null },
        ],
      },
      [{ says: 'container `etcd`', evidence: 'cannot access data directory' }],
    ],
    [
      'its etcd runs again for a moment, and is ready',
      withEtcd({ ready: false }, { last: ended('Error', 1), state: { ...state, since: healthy.now }, restarts: 5 }),
      [{ says: 'container `etcd`' }],
    ],
    [
      'its etcd ended once, and runs',
      withEtcd({ ready: false }, { last: ended('Error', 1), state: { ...state, since: healthy.now }, restarts: 1 }),
      'passed',
    ],
    [
      'a container before it',
      {
        ...unready(
          { state: { ...state, is: 'waiting', reason: 'PodInitializing', since: null } },
          {
            phase: 'Pending',
            initContainers: [{ ...container, name: 'init', ready: false, state: { ...state, is: 'waiting', reason: 'CrashLoopBackOff' } }],
          },
        ),
      },
      [{ says: 'container `init`' }],
    ],
  ],
  'extension-server-not-ready': [
    ['it serves', {}, 'passed'],
    [
      'its probe fails',
      {
        ...unready({}),
        backendEvents: [
          {
            object: `Pod/${pod.name}`,
            reason: 'Unhealthy',
            message: 'Readiness probe failed: HTTP probe failed with statuscode: 500',
            at: healthy.now,
          },
        ],
      },
      [{ says: '`HTTPS :443/readyz`', evidence: 'statuscode: 500', command: 'logs api-7c9f-x -c server' }],
    ],
    [
      'metrics-server does not reach the kubelets',
      {
        ...unready({}),
        lastWords: says({ name: 'kubelet-certificates', means: 'cannot verify them', explainedBy: [], repair: 'sign them' }),
      },
      [{ says: 'Not an aggregation fault: ', fix: 'Sign them.' }],
    ],
    [
      'another reason that is known',
      { ...unready({}), lastWords: says({ name: 'etcd-down', means: 'does not reach its etcd', explainedBy: [], repair: 'look' }) },
      [{ says: 'does not reach its etcd' }],
    ],
    ['a node that is silent', unready({ ready: true }), [{ says: 'node `cp-1` no longer says so', command: 'kubectl get node cp-1' }]],
    [
      'it was evicted',
      unready({ ready: true }, { phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' }),
      [{ says: 'it has ended (`Evicted`)' }],
    ],
    ['a moment ago', unready({}, { createdAt: healthy.now }), 'passed'],
    ['it crashes', loops(), 'passed'],
  ],
  'endpoints-missing': [
    ['it serves', {}, 'passed'],
    [
      'no selector, no slice',
      { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([], []), backendPods: [] },
      [{ says: 'nobody wrote an EndpointSlice' }],
    ],
    [
      'no selector, nothing ready',
      { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([{ ...endpoint, ready: false }]), backendPods: [] },
      [{ says: 'no address in its EndpointSlice is ready', evidence: '10.244.0.5, none ready' }],
    ],
    ['ready', { ...refused, backend: behind({ selector: null }), backendEndpoints: slices([endpoint]), backendPods: [] }, 'passed'],
    [
      'ready pods, and nobody writes it',
      { ...empty, backend: behind(), backendEndpoints: slices([], []), backendPods: [pod] },
      [{ says: 'kube-controller-manager does not write', evidence: 'ready: api-7c9f-x' }],
    ],
    ['no pod is ready', { ...unready({}), backendEndpoints: slices([]) }, 'passed'],
    [
      'an ExternalName',
      { ...timedOut, backend: behind({ type: 'ExternalName', selector: null }), backendEndpoints: slices([], []), backendPods: [] },
      'passed',
    ],
  ],
  'endpoint-port-name-mismatch': [
    ['it serves', {}, 'passed'],
    ['the names agree', { ...refused, backend: behind({ selector: null }), backendEndpoints: slices([endpoint]) }, 'passed'],
    [
      'they do not',
      { ...empty, backend: behind({ selector: null }), backendEndpoints: slices([{ ...endpoint, ports: [{ name: 'web', port: 443 }] }]) },
      [{ says: 'has the name `https`, and the port in its EndpointSlice has `web`', command: '"value":"https"' }],
    ],
    [
      "the Service's has none",
      {
        ...empty,
        backend: behind({ selector: null, ports: [{ name: '', port: 443, targetPort: 443 }] }),
        backendEndpoints: slices([endpoint]),
      },
      [{ says: 'has no name', command: '"value":""' }],
    ],
    ['a controller makes it', { ...empty, backend: behind(), backendEndpoints: slices([{ ...endpoint, ports: [] }]) }, 'passed'],
  ],
  'service-target-port-unknown': [
    ['it serves', {}, 'passed'],
    ['a number', { ...empty, backend: behind(), backendPods: [pod] }, 'passed'],
    ['a name that a container has', { ...empty, backend: behind(port('https')), backendPods: [pod] }, 'passed'],
    [
      'a name that none has',
      { ...empty, backend: behind(port('api')), backendPods: [pod] },
      [{ says: 'a port named `api`', evidence: '443 (https)', command: '"path":"/spec/ports/0/targetPort","value":"https"' }],
    ],
    [
      'a container that declares none',
      { ...empty, backend: behind(port('api')), backendPods: [{ ...pod, containers: [{ ...container, ports: [] }] }] },
      [{ evidence: 'none is declared', command: '"value":PORT' }],
    ],
  ],
  'service-target-port-wrong': [
    ['it serves', {}, 'passed'],
    ['it is right', ready({}, {}), 'passed'],
    [
      'its arguments say otherwise',
      ready(port(4443), { words: ['/metrics-server', '--secure-port=10250'], ports: [{ name: 'https', port: 4443 }] }),
      [
        {
          says: 'leads to port `4443` of its pods, and the extension server listens on `10250`',
          command: '"value":10250',
          evidence: '--secure-port=10250',
        },
      ],
    ],
    ['as two words', ready(port(443), { words: ['/x', '--secure-port', '8443'] }), [{ command: '"value":8443' }]],
    ['its arguments agree', ready(port(8443), { words: ['--secure-port=8443'], ports: [{ name: 'x', port: 443 }] }), 'passed'],
    ['a name', ready(port('https'), { words: ['--secure-port=10250'] }), [{ says: 'port `https`' }]],
    ['its ports say otherwise', ready(port(8443), {}), [{ evidence: 'declare: 443' }]],
    ['it declares none', ready(port(8443), { ports: [] }), 'passed'],
    ['one of two declares it', ready(port(8443), {}, { ports: [{ name: 'x', port: 8443 }] }), 'passed'],
    ['it times out', { ...ready(port(8443), {}), ...timedOut }, 'passed'],
  ],
  'service-selects-wrong-pods': [
    ['it serves', {}, 'passed'],
    ['its own alone', ready({}, {}), 'passed'],
    [
      "another's, too",
      { ...refused, backend: behind(), backendPods: [pod, web] },
      [
        {
          says: 'also selects the pods of `statefulset/web`',
          evidence: 'deployment/api and statefulset/web',
          command: "get pods -l 'app=api'",
        },
      ],
    ],
    [
      'which declare no port',
      { ...refused, backend: behind(), backendPods: [pod, { ...web, containers: [{ ...container, ports: [] }] }] },
      'passed',
    ],
    ['which are not ready', { ...refused, backend: behind(), backendPods: [pod, { ...web, ready: false }] }, 'passed'],
    ['401', { ...rejected, backend: behind(), backendPods: [pod, web] }, 'passed'],
  ],
  'internal-traffic-policy-without-pod': [
    ['it serves', {}, 'passed'],
    [
      'Cluster',
      { ...timedOut, backend: behind(), backendEndpoints: slices([{ ...endpoint, node: 'worker-1' }]), route: toClusterIP },
      'passed',
    ],
    [
      'Local, elsewhere',
      { ...timedOut, backend: behind(local), backendEndpoints: slices([{ ...endpoint, node: 'worker-1' }]), route: toClusterIP },
      [{ evidence: 'ready pods on worker-1; kube-apiserver on cp-1', command: '"internalTrafficPolicy":"Cluster"' }],
    ],
    ['Local, here', { ...timedOut, backend: behind(local), backendEndpoints: slices([endpoint]), route: toClusterIP }, 'passed'],
    [
      'it dials pods',
      {
        ...timedOut,
        backend: behind(local),
        backendEndpoints: slices([{ ...endpoint, node: 'worker-1' }]),
        route: { to: 'pod', evidence: '' },
      },
      'passed',
    ],
    [
      'nobody knows the node',
      { ...timedOut, backend: behind(local), backendEndpoints: slices([{ ...endpoint, node: null }]), route: toClusterIP },
      'passed',
    ],
  ],
};
