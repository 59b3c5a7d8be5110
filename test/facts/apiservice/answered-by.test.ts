import { describe, expect, test } from 'vitest';
import type { AllFacts } from '../../../src/check.ts';
import { answeredBy } from '../../../src/facts/apiservice/answered-by.ts';
import { readPod } from '../../../src/facts/apiservice/read-pod.ts';
import type { Ask, BackendEndpoint, Serving } from '../../../src/model.ts';
import { behind, container, endpoint, pod, refused, rejected, slices } from '../../checks/backend.ts';
import { certificates, healthy, unavailable } from '../../support/facts.ts';
import { issue, keyPair } from '../../support/pki.ts';

const { apiService } = healthy;
const url = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
const says = (text: string) =>
  unavailable('FailedDiscoveryCheck', `failing or missing response from ${url}: ${text}`).failure as AllFacts['failure'];
const status = (code: number) => says(`bad status from ${url}: ${code}`);
const untrusted = says(`Get "${url}": tls: failed to verify certificate: x509: certificate signed by unknown authority`);

const kubelets = [{ ...endpoint, ports: [{ name: 'https', port: 10250 }] }];
const onNode = { ...pod, onNodeAddress: true };
interface Seen {
  readonly failure?: AllFacts['failure'];
  readonly addresses?: readonly BackendEndpoint[];
  readonly pods?: readonly (typeof pod)[];
  readonly serving?: Serving;
  readonly targetPort?: number | string;
}
const nobody: Ask = async () => ({ ok: false, why: 'excluded', message: 'nobody is asked' });
const who = async ({ failure = status(404), addresses = kubelets, pods = [onNode], serving, targetPort = 10250 }: Seen, ask = nobody) => {
  const known = <T>(value: T) => ({ ok: true as const, value });
  const answer = await answeredBy.read(
    {
      failure,
      backend: known(behind({ ports: [{ name: 'https', port: 443, targetPort }] })),
      endpoints: known(slices(addresses)),
      pods: known(pods),
      serving: known(serving ?? null),
    },
    ask,
    apiService,
  );
  return answer.ok ? (answer.value?.who ?? null) : answer;
};
const presents = (commonName: string, names: readonly string[] = []): Serving => ({
  chain: certificates([issue({ subject: [['CN', commonName]], key: keyPair('p-256', 'serving'), dns: [...names] })]),
  protocol: null,
  at: { probe: 'TLS handshake' },
  from: 'handshake',
});

describe('the kubelet', () => {
  test.each([
    ['404', status(404)],
    ['401', status(401)],
    ['403', status(403)],
    ['a certificate that the caBundle did not sign', untrusted],
    ['no certificate at all', says(`Get "${url}": remote error: tls: internal error`)],
  ])('answers %s', async (_, failure) => expect(await who({ failure })).toBe('kubelet'));

  test('is known by a node of Fargate alone', async () =>
    expect(
      await who({ addresses: kubelets.map((one) => ({ ...one, node: 'fargate-ip-10-0-0-5.eu-west-1.compute.internal' })), pods: [] }),
    ).toBe('kubelet'));
  test('is known by its certificate', async () => {
    expect(await who({ addresses: [endpoint], pods: [pod], serving: presents('system:node:cp-1') })).toBe('kubelet');
    expect(await who({ addresses: [endpoint], pods: [pod], serving: presents('cp-1') })).toBe('kubelet');
  });
  test.each<[string, Seen]>([
    ['the pod has an address of its own', { pods: [pod] }],
    ['the pod listens on another port', { addresses: [{ ...endpoint, ports: [{ name: 'https', port: 10251 }] }] }],
    [
      'one of two addresses is a pod of its own',
      { addresses: [...kubelets, { ...endpoint, pod: 'other', ports: [{ name: 'https', port: 10250 }] }] },
    ],
    ['nobody answers', { failure: refused.failure as AllFacts['failure'] }],
    ['it serves', { failure: null }],
    ['it signed its own certificate', { addresses: [endpoint], pods: [pod], serving: presents('localhost') }],
  ])('is not suspected where %s', async (_, seen) => expect(await who(seen)).toBeNull());
});

describe('a proxy', () => {
  const beside = (name: string) => ({
    ...pod,
    containers: [
      { ...container, ports: [] },
      { ...container, name, ports: [{ name: 'https', port: 8443 }] },
    ],
  });
  const addresses = [endpoint];
  test('declares the port of the Service, by number or by name', async () => {
    expect(await who({ addresses, pods: [beside('kube-rbac-proxy')], targetPort: 8443 })).toBe('sidecar');
    expect(await who({ addresses, pods: [beside('oauth-proxy')], targetPort: 'https' })).toBe('sidecar');
  });
  test('is not any container, and not one on another port', async () => {
    expect(await who({ addresses, pods: [beside('etcd')], targetPort: 8443 })).toBeNull();
    expect(await who({ addresses, pods: [beside('kube-rbac-proxy')], targetPort: 443 })).toBeNull();
  });
  test("of a mesh is known by the identity in its certificate, or in kube-apiserver's words", async () => {
    const linkerd = 'tap.linkerd-viz.serviceaccount.identity.linkerd.cluster.local';
    expect(await who({ failure: untrusted, addresses, pods: [pod], serving: presents('', [linkerd]) })).toBe('mesh');
    expect(
      await who({
        failure: says(`Get "${url}": tls: failed to verify certificate: x509: certificate is valid for ${linkerd}, not api.wardle.svc`),
        addresses,
        pods: [pod],
      }),
    ).toBe('mesh');
    expect(await who({ failure: untrusted, addresses, pods: [pod], serving: presents('api', ['api.wardle.svc']) })).toBeNull();
  });
});

test('behind a server that answers 401 it looks by itself, and suspects nobody where it may not', async () => {
  const unlooked = { ok: true as const, value: null };
  const given = {
    failure: rejected.failure as AllFacts['failure'],
    backend: unlooked,
    endpoints: unlooked,
    pods: unlooked,
    serving: unlooked,
  };
  expect(await answeredBy.read(given, nobody, apiService)).toEqual({ ok: true, value: null });
  const objects: Readonly<Record<string, object>> = {
    '/api/v1/namespaces/wardle/services/api': {
      metadata: { name: 'api' },
      spec: { ports: [{ name: 'https', port: 443 }], selector: { app: 'api' } },
    },
    '/api/v1/namespaces/wardle/pods?labelSelector=app%3Dapi&limit=500': {
      items: [{ metadata: { name: 'api-0' }, spec: {}, status: { podIP: '10.0.0.5', hostIP: '10.0.0.5' } }],
    },
    '/apis/discovery.k8s.io/v1/namespaces/wardle/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dapi&limit=500': {
      items: [
        {
          metadata: { name: 'api-x' },
          endpoints: [{ addresses: ['10.0.0.5'], conditions: { ready: true }, targetRef: { kind: 'Pod', name: 'api-0' } }],
          ports: [{ name: 'https', port: 10250 }],
        },
      ],
    },
  };
  const ask = (async (question) => {
    const object = 'path' in question ? objects[String(question.path)] : undefined;
    return object ? { ok: true, value: { status: 200, headers: {}, text: JSON.stringify(object), ms: 1 } } : nobody(question);
  }) as Ask;
  expect(await answeredBy.read(given, ask, apiService)).toMatchObject({
    ok: true,
    value: { who: 'kubelet', address: '10.0.0.5:10250', pod: 'api-0' },
  });
});

test("a pod is at its node's address on the host's network, and on Fargate", () => {
  const at = (spec: object, status: object) => readPod({ metadata: {}, spec, status }, 'wardle').onNodeAddress;
  expect(at({ hostNetwork: true }, {})).toBe(true);
  expect(at({}, { podIP: '10.0.0.5', hostIP: '10.0.0.5' })).toBe(true);
  expect(at({}, { podIP: '10.244.0.5', hostIP: '10.0.0.5' })).toBe(false);
  expect(at({}, {})).toBe(false);
});

/** A cluster that holds these objects, and nothing else that may be read. */
const holding = (objects: Readonly<Record<string, object>>) =>
  (async (question) => {
    const object = 'path' in question ? objects[String(question.path)] : undefined;
    return object ? { ok: true, value: { status: 200, headers: {}, text: JSON.stringify(object), ms: 1 } } : nobody(question);
  }) as Ask;
const podAt = (address: string, items: readonly object[]) => ({
  [`/api/v1/pods?fieldSelector=status.podIP%3D${address}&limit=500`]: { kind: 'PodList', items },
});
const outside = [{ ...endpoint, address: '10.0.0.5', pod: null, node: null, ports: [{ name: 'https', port: 10250 }] }];
const podOf = (name: string, spec: object, status: object) => ({ metadata: { name, namespace: 'other' }, spec, status });

describe('at an address of a manually managed EndpointSlice', () => {
  const given = { addresses: outside, pods: [] };
  test('is the kubelet, where a pod on the network of its node has it', async () => {
    const proxy = podOf('kube-proxy-x', { hostNetwork: true, nodeName: 'cp-1' }, { podIP: '10.0.0.5', hostIP: '10.0.0.5' });
    expect(await who(given, holding(podAt('10.0.0.5', [proxy])))).toBe('kubelet');
  });
  test('is a proxy beside the server, on the port of the slice', async () => {
    const containers = [{ name: 'server' }, { name: 'kube-rbac-proxy', ports: [{ containerPort: 10250 }] }];
    const beside = podOf('api-0', { containers }, { podIP: '10.0.0.5', hostIP: '10.0.0.21' });
    const service = behind({ selector: null, ports: [{ name: 'https', port: 443, targetPort: 443 }] });
    const ask = holding(podAt('10.0.0.5', [beside]));
    const known = <T>(value: T) => ({ ok: true as const, value });
    const seen = {
      failure: status(401),
      backend: known(service),
      endpoints: known(slices(outside)),
      pods: known([]),
      serving: known(null),
    };
    expect(await answeredBy.read(seen, ask, apiService)).toMatchObject({
      value: { who: 'sidecar', container: 'kube-rbac-proxy', evidence: expect.stringContaining('Pod other/api-0') },
    });
  });
  test('is nobody else, where it is a pod of its own, and where nobody may look', async () => {
    const own = podOf('api-0', { containers: [{ name: 'server' }] }, { podIP: '10.0.0.5', hostIP: '10.0.0.21' });
    expect(await who(given, holding(podAt('10.0.0.5', [own])))).toBeNull();
    expect(await who(given)).toBeNull();
  });
});

describe('behind an ExternalName', () => {
  const external = (externalName: string) => behind({ type: 'ExternalName', externalName, selector: null, clusterIP: null, ports: [] });
  const objects = {
    '/api/v1/namespaces/keda/services/metrics': {
      kind: 'Service',
      metadata: { name: 'metrics' },
      spec: { ports: [{ name: 'https', port: 443 }], selector: { app: 'api' } },
    },
    '/api/v1/namespaces/keda/pods?labelSelector=app%3Dapi&limit=500': {
      kind: 'PodList',
      items: [podOf('api-0', {}, { podIP: '10.0.0.5', hostIP: '10.0.0.5' })],
    },
    '/apis/discovery.k8s.io/v1/namespaces/keda/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dmetrics&limit=500': {
      kind: 'EndpointSliceList',
      items: [
        {
          metadata: { name: 'metrics-x' },
          endpoints: [{ addresses: ['10.0.0.5'], conditions: { ready: true }, targetRef: { kind: 'Pod', name: 'api-0' } }],
          ports: [{ name: 'https', port: 10250 }],
        },
      ],
    },
  };
  const answers = async (externalName: string) => {
    const known = <T>(value: T) => ({ ok: true as const, value });
    const seen = {
      failure: status(404),
      backend: known(external(externalName)),
      endpoints: known(null),
      pods: known([]),
      serving: known(null),
    };
    return answeredBy.read(seen, holding(objects), apiService);
  };
  test.each(['metrics.keda.svc', 'metrics.keda.svc.cluster.local'])('%s is whoever is behind that Service', async (host) =>
    expect(await answers(host)).toMatchObject({ value: { who: 'kubelet', address: '10.0.0.5:10250' } }),
  );
  test.each(['api.example.com', 'metrics.other.svc', 'svc'])('%s is not known', async (host) =>
    expect(await answers(host)).toEqual({ ok: true, value: null }),
  );
});

test('the proxy of a mesh is known by its container, or by what its injector writes', () => {
  const proxyOf = (annotations: object, ...names: readonly string[]) =>
    readPod(
      { metadata: { annotations: annotations as Record<string, string> }, spec: { containers: names.map((name) => ({ name })) } },
      'wardle',
    ).meshProxy;
  expect(proxyOf({}, 'server', 'linkerd-proxy')).toBe('linkerd-proxy');
  expect(proxyOf({ 'sidecar.istio.io/status': '' }, 'server', 'proxy')).toBe('istio-proxy');
  expect(proxyOf({ 'ambient.istio.io/redirection': '' }, 'server')).toBe('ztunnel');
  expect(proxyOf({ 'linkerd.io/inject': '' }, 'server')).toBeNull();
});
