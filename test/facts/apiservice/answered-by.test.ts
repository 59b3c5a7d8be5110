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
