import { describe, expect, test } from 'vitest';
import type { ApiService, BackendPod } from '../../src/model.ts';
import { issuerOf } from '../../src/owners/issuer.ts';
import { inTermsOf } from '../../src/owners/words.ts';
import { copied, productOf, products, renewalOf, renewedBefore } from '../../src/products/index.ts';
import { exclusion, isMeshName, meshProxyOf } from '../../src/products/sidecars/index.ts';
import { container, pod } from '../checks/backend.ts';
import { healthy } from '../support/facts.ts';

const served = (group: string, name = 'api', rest: Partial<ApiService> = {}): ApiService => ({
  ...healthy.apiService,
  labels: {},
  ...rest,
  group,
  service: { namespace: 'apps', name, port: 443 },
});
const running = (image: string, labels = {}): readonly BackendPod[] => [{ ...pod, labels, containers: [{ ...container, image }] }];
const wroteCaBundle = (name: string) => ({ managers: { ...healthy.apiService.managers, caBundle: [{ name, at: healthy.now }] } });

describe('a product', () => {
  test.each<[string, ApiService, readonly BackendPod[] | null, string | null]>([
    ['metrics-server by its Service', served('metrics.k8s.io', 'metrics-server'), null, 'metrics-server'],
    ['and under the name of a release', served('metrics.k8s.io', 'ms-metrics-server'), null, 'metrics-server'],
    [
      'by its image, whatever the registry',
      served('metrics.k8s.io'),
      running('r:5000/x/metrics-server/metrics-server:v0.9.0'),
      'metrics-server',
    ],
    [
      'by its image and digest',
      served('metrics.k8s.io'),
      running('registry.k8s.io/metrics-server/metrics-server@sha256:0'),
      'metrics-server',
    ],
    ['by its pods', served('metrics.k8s.io'), running('mirror/ms:1', { 'k8s-app': 'metrics-server' }), 'metrics-server'],
    ['not by the group alone', served('metrics.k8s.io'), null, null],
    ['not by the name of its Service alone', served('wardle.example.com', 'metrics-server'), null, null],
    ['not by an image of a similar name', served('metrics.k8s.io'), running('example.com/my-metrics-server/metrics-server-fork:1'), null],
    ['KEDA by its Service', served('external.metrics.k8s.io', 'keda-operator-metrics-apiserver'), null, 'KEDA'],
    ['and by who writes the caBundle', served('external.metrics.k8s.io', 'api', wroteCaBundle('keda')), null, 'KEDA'],
    ['not by the group alone', served('external.metrics.k8s.io', 'api', wroteCaBundle('rotator')), null, null],
    ['prometheus-adapter', served('custom.metrics.k8s.io', 'prometheus-adapter'), null, 'prometheus-adapter'],
    ['for resource metrics too', served('metrics.k8s.io', 'prometheus-adapter'), null, 'prometheus-adapter'],
    ['not another adapter', served('custom.metrics.k8s.io', 'custom-metrics-apiserver'), running('example.com/adapter:1'), null],
    ['Datadog', served('external.metrics.k8s.io', 'dd-cluster-agent-metrics-api'), null, 'the Datadog Cluster Agent'],
    ['by its image', served('external.metrics.k8s.io'), running('gcr.io/datadoghq/cluster-agent:7.60.0'), 'the Datadog Cluster Agent'],
    ['Kueue', served('visibility.kueue.x-k8s.io'), null, 'Kueue'],
    ['not a group that ends like it', served('my.visibility.kueue.x-k8s.io'), null, null],
    ['KubeVirt', served('subresources.kubevirt.io'), null, 'KubeVirt'],
    ['OLM', served('packages.operators.coreos.com'), null, "the Operator Lifecycle Manager's package server"],
    ['Linkerd tap', served('tap.linkerd.io'), null, 'Linkerd tap'],
    ['Calico', served('projectcalico.org'), null, 'Calico'],
    ['not its CRDs', served('crd.projectcalico.org'), null, null],
    ['Antrea', served('stats.antrea.io'), null, 'Antrea'],
    ['Rancher', served('ext.cattle.io'), null, 'Rancher'],
    ['Karmada', served('search.karmada.io'), null, 'Karmada'],
  ])('is recognized: %s', (_, apiService, pods, expected) => expect(productOf(apiService, pods)?.name ?? null).toBe(expected));
});

/** An expired serving certificate, as its fix reads. */
function reissued(apiService: ApiService, release: string | null = null) {
  const installed = release ? ({ kind: 'Helm release', name: release, namespace: 'apps' } as const) : null;
  const fix = { text: 'Issue a certificate.', edits: { of: 'certificate', to: 'renew', text: 'By hand:', commands: [] } } as const;
  return inTermsOf(issuerOf(apiService, installed, productOf(apiService, null)), fix);
}
describe('a certificate is issued again as its product does', () => {
  test.each<[string, ReturnType<typeof reissued>, string, readonly string[]]>([
    [
      'KEDA: the operator first',
      reissued(served('external.metrics.k8s.io', 'keda-metrics-apiserver')),
      'KEDA manages it: keda-operator issues the certificate in Secret `kedaorg-certs`',
      [
        "get secret kedaorg-certs -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509",
        'kubectl -n apps get deployments',
        'rollout restart deployment --selector=app=keda-operator',
        "rollout restart deployment --selector='app in (keda-metrics-apiserver,keda-operator-metrics-apiserver)'",
      ],
    ],
    [
      'metrics-server: its chart',
      reissued(served('metrics.k8s.io', 'metrics-server'), 'ms'),
      'metrics-server manages it: with `tls.type: helm`',
      ['helm -n apps get values ms', 'rollout restart deployment'],
    ],
    ['metrics-server without a chart', reissued(served('metrics.k8s.io', 'metrics-server')), 'By hand:', []],
    [
      'prometheus-adapter: its chart',
      reissued(served('custom.metrics.k8s.io', 'prometheus-adapter'), 'pa'),
      '`tls.ca`',
      ['helm', 'restart'],
    ],
    [
      'Datadog: none',
      reissued(served('external.metrics.k8s.io', 'dd-cluster-agent-metrics-api'), 'dd'),
      'no caBundle can verify',
      ['helm', 'restart'],
    ],
    ['Kueue', reissued(served('visibility.kueue.x-k8s.io')), 'cert-manager issues', ['deployment/kueue-controller-manager']],
    [
      'KubeVirt',
      reissued(served('subresources.kubevirt.io')),
      'virt-operator issues',
      ['get secret kubevirt-virt-api-certs', 'get deployments', 'deployment/virt-operator'],
    ],
    [
      'OLM: its operator first',
      reissued(served('packages.operators.coreos.com')),
      'on their last day',
      ['get secret packageserver-service-cert', 'get deployments', 'deployment/olm-operator', 'deployment/packageserver'],
    ],
    [
      'Linkerd tap, by its CLI or chart',
      reissued(served('tap.linkerd.io')),
      '`linkerd viz install',
      ['get secret tap-k8s-tls', 'component=tap'],
    ],
    [
      'Calico',
      reissued(served('projectcalico.org')),
      'tigera-operator issues',
      ['get secret calico-apiserver-certs', 'get deployments', 'calico-apiserver'],
    ],
    ['Antrea', reissued(served('stats.antrea.io')), 'ConfigMap `antrea-ca`', ['get deployments', 'deployment/antrea-controller']],
    [
      'Rancher',
      reissued(served('ext.cattle.io')),
      'for 90 days',
      ['get secret imperative-api-sni-provider-cert-ca', 'get deployments', 'deployment/rancher'],
    ],
    ['Karmada: in the host cluster', reissued(served('cluster.karmada.io')), 'in the host cluster', []],
    ['nobody that is known', reissued(served('wardle.example.com')), 'By hand:', []],
  ])('%s', (_, { text, commands }, says, runs) => {
    expect(text).toContain(says);
    expect(text).toMatch(/:$/);
    expect(commands).toEqual(runs.map((part) => expect.stringContaining(part)));
  });
  test.each(products.map((product) => [product.name, product]))('%s says so in the namespace of its Service', (_, product) => {
    for (const command of renewalOf(product, 'a b').commands) expect(command).toMatch(/^kubectl -n 'a b' /);
  });
});

test('an old copy of the CA is renewed by a restart, of the one product that copies it', () => {
  expect(products.filter((product) => copied(product, 'viz')).map(({ name }) => name)).toEqual(['Linkerd tap']);
});

test('who renews late is not warned of early', () => {
  expect(renewedBefore(served('wardle.example.com', 'api', { labels: { 'olm.owner': 'x' } }))).toBe(86_400_000);
  expect(renewedBefore(served('ext.cattle.io'))).toBe(0);
  expect(renewedBefore(served('wardle.example.com'))).toBeUndefined();
});

describe('a sidecar', () => {
  test.each<[readonly string[], readonly string[], string | null]>([
    [['api', 'istio-proxy'], [], 'istio-proxy'],
    [['api'], ['ambient.istio.io/redirection'], 'ztunnel'],
    [['api', 'proxy'], ['linkerd.io/proxy-version'], 'linkerd-proxy'],
    [['api', 'kube-rbac-proxy'], ['linkerd.io/inject'], null],
  ])('of %s with %s is %s', (containers, annotations, expected) => expect(meshProxyOf(containers, annotations)).toBe(expected));
  test.each<[string | null, string]>([
    ['istio-proxy', ': `traffic.sidecar.istio.io/excludeInboundPorts` on the pod template'],
    ['linkerd-proxy', ': `config.linkerd.io/skip-inbound-ports` on the pod template'],
    ['consul-dataplane', ': `consul.hashicorp.com/transparent-proxy-exclude-inbound-ports` on the pod template'],
    ['kuma-sidecar', 'is not in the mesh'],
    [null, '`traffic.sidecar.istio.io/excludeInboundPorts` or `config.linkerd.io/skip-inbound-ports` on the pod template'],
  ])('%s is passed by its own annotation', (proxy, end) => expect(exclusion(proxy).endsWith(end)).toBe(true));
  test('presents a name of its mesh', () => {
    expect(['spiffe://cluster.local/ns/a/sa/b', 'b.a.serviceaccount.identity.linkerd.cluster.local', 'api.a.svc'].map(isMeshName)).toEqual([
      true,
      true,
      false,
    ]);
  });
});
