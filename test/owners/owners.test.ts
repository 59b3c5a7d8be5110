import { describe, expect, test } from 'vitest';
import { installs } from '../../src/distributions/provider.ts';
import type { Owner } from '../../src/model.ts';
import { type Marks, ownerOf } from '../../src/owners/index.ts';
import { issuerOf } from '../../src/owners/issuer.ts';
import { inTermsOf, named } from '../../src/owners/words.ts';
import { keda } from '../../src/products/keda.ts';
import { metricsServer } from '../../src/products/metrics-server.ts';
import type { Product } from '../../src/products/product.ts';
import { sh } from '../../src/sh.ts';

const owner = (marks: Partial<Marks>, distribution: string | null = null): Owner | null =>
  ownerOf({ labels: {}, annotations: {}, managers: [], owners: [], ...marks }, { ...installs(distribution), name: 'metrics-server' });
const release = (name: string, namespace = 'kube-system') => ({
  annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
});
const objectset = (gvk: string) => ({
  annotations: {
    'objectset.rio.cattle.io/owner-gvk': gvk,
    'objectset.rio.cattle.io/owner-name': 'metrics-server-deployment',
    'objectset.rio.cattle.io/owner-namespace': 'kube-system',
  },
});
const own = (kind: Owner['kind'], name: string, namespace: string | null = null) => ({ kind, name, namespace });

describe('the owner of an object', () => {
  test.each<[string, ReturnType<typeof owner>, Owner | null]>([
    ['nobody', owner({}), null],
    ['kubectl alone', owner({ managers: ['kubectl-client-side-apply', 'kube-controller-manager'] }), null],
    ['a ReplicaSet', owner({ owners: ['ReplicaSet/api-1'] }), null],
    ['EKS, by its label', owner({ labels: { 'app.kubernetes.io/managed-by': 'EKS' } }), own('EKS add-on', 'metrics-server')],
    ['EKS, by its field manager', owner({ managers: ['eks'], labels: { 'app.kubernetes.io/name': 'ms' } }), own('EKS add-on', 'ms')],
    ['eksctl is nobody', owner({ labels: { 'app.kubernetes.io/managed-by': 'eksctl' } }), null],
    ['AKS', owner({ labels: { 'kubernetes.azure.com/managedby': 'aks' } }), own('AKS add-on', 'metrics-server')],
    [
      'AKS, by the addon manager',
      owner({ labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile' } }, 'AKS'),
      own('AKS add-on', 'metrics-server'),
    ],
    ['what need only exist', owner({ labels: { 'addonmanager.kubernetes.io/mode': 'EnsureExists' } }, 'GKE'), null],
    ['GKE', owner({ annotations: { 'components.gke.io/component-name': 'metrics' } }), own('GKE add-on', 'metrics')],
    ['an addon manager', owner({ labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile' } }), own('addon manager', 'metrics-server')],
    ['k3s', owner(objectset('k3s.cattle.io/v1, Kind=Addon')), own('k3s manifest', 'metrics-server-deployment')],
    [
      'another object of Rancher',
      owner(objectset('management.cattle.io/v3, Kind=Cluster')),
      own('operator', 'Cluster/metrics-server-deployment', 'kube-system'),
    ],
    ['RKE2', owner(release('rke2-metrics-server'), 'RKE2'), own('HelmChart', 'rke2-metrics-server', 'kube-system')],
    ["k3s's chart", owner(release('traefik'), 'k3s'), own('HelmChart', 'traefik', 'kube-system')],
    ['a release of that name elsewhere', owner(release('traefik')), own('Helm release', 'traefik', 'kube-system')],
    ['Helm', owner(release('keda', 'keda')), own('Helm release', 'keda', 'keda')],
    ['OLM', owner({ labels: { 'olm.owner': 'packageserver', 'olm.owner.namespace': 'olm' } }), own('OLM', 'packageserver', 'olm')],
    ['Argo CD', owner({ annotations: { 'argocd.argoproj.io/tracking-id': 'app:apps/Deployment:ns/x' } }), own('Argo CD', 'app')],
    [
      'Argo CD, which installs a chart',
      owner({ ...release('keda'), labels: { 'argocd.argoproj.io/instance': 'keda' } }),
      own('Argo CD', 'keda'),
    ],
    [
      'Flux, which installs a release',
      owner({ ...release('keda'), labels: { 'helm.toolkit.fluxcd.io/name': 'keda', 'helm.toolkit.fluxcd.io/namespace': 'flux' } }),
      own('Flux HelmRelease', 'keda', 'flux'),
    ],
    ['Flux', owner({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'infra' } }), own('Flux Kustomization', 'infra')],
    ['Config Sync', owner({ annotations: { 'configmanagement.gke.io/managed': 'enabled' } }), own('Config Sync', '')],
    ['an operator', owner({ owners: ['KedaController/keda'] }), own('operator', 'KedaController/keda')],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

describe('who issues the serving certificate', () => {
  const service = { namespace: 'keda', name: 'keda-operator-metrics-apiserver', port: 443 };
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const helm = own('Helm release', 'keda', 'keda');
  const issuer = (annotations: Record<string, string>, ...wrote: readonly string[]) => issuerFor(null, annotations, ...wrote);
  const issuerFor = (product: Product | null, annotations: Record<string, string>, ...wrote: readonly string[]) =>
    issuerOf(
      {
        service,
        annotations,
        managers: { service: [{ name: 'helm', at: at(9) }], release: [], caBundle: wrote.map((name, day) => ({ name, at: at(day + 1) })) },
      },
      helm,
      product,
    );
  test.each<[string, Owner | null, Owner]>([
    ['nobody by itself', issuer({}), helm],
    ['the release', issuer({}, 'helm'), helm],
    ['a controller', issuer({}, 'helm', 'rotator'), own('rotator', 'rotator', 'keda')],
    ['a product whose operator issues it', issuerFor(keda, {}, 'helm', 'keda'), own('product', 'KEDA', 'keda')],
    [
      'a product whose chart issues it',
      issuerFor(metricsServer, {}, 'helm'),
      { ...own('product', 'metrics-server', 'keda'), release: helm },
    ],
    [
      'cert-manager, for a product',
      issuerFor(keda, { 'cert-manager.io/inject-ca-from': 'keda/api' }),
      own('cert-manager', 'certificate/api', 'keda'),
    ],
    ['a person', issuer({}, 'helm', 'kubectl-edit'), helm],
    ['a person, after a controller', issuer({}, 'rotator', 'k9s'), helm],
    [
      'cert-manager',
      issuer({ 'cert-manager.io/inject-ca-from': 'keda/api' }, 'cert-manager-cainjector'),
      own('cert-manager', 'certificate/api', 'keda'),
    ],
    [
      'cert-manager, from a Secret',
      issuer({ 'cert-manager.io/inject-ca-from-secret': 'keda/ca' }),
      own('cert-manager', 'secret/ca', 'keda'),
    ],
    ["cert-manager, with kube-apiserver's CA", issuer({ 'cert-manager.io/inject-apiserver-ca': 'true' }), own('cert-manager', '')],
    ['OpenShift', issuer({ 'service.beta.openshift.io/inject-cabundle': 'true' }), own('service CA', service.name, 'keda')],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));
});

const fix = {
  text: 'Raise the memory limit:',
  commands: [sh`look`],
  edits: { of: 'workload' as const, commands: [sh`kubectl edit deployment/x`] },
};
const kinds: readonly Owner['kind'][] = [
  'Argo CD',
  'Flux Kustomization',
  'Flux HelmRelease',
  'Config Sync',
  'OLM',
  'EKS add-on',
  'AKS add-on',
  'GKE add-on',
  'addon manager',
  'k3s manifest',
  'HelmChart',
  'Helm release',
  'cert-manager',
  'service CA',
  'rotator',
  'product',
  'operator',
];
/** A name of that kind. */
const nameOf = (kind: Owner['kind']) => (kind === 'operator' ? 'KedaController/keda' : kind === 'product' ? 'KEDA' : 'keda');
describe('a fix', () => {
  test('of nobody is made by hand', () =>
    expect(inTermsOf(null, fix)).toEqual({ text: 'Raise the memory limit:', commands: ['look', 'kubectl edit deployment/x'] }));
  test('without edits is the same for everybody', () =>
    expect(inTermsOf(own('EKS add-on', 'x'), { text: 'Wait.' })).toEqual({ text: 'Wait.', commands: [] }));
  test.each(kinds)('of %s is never made by hand, and names the owner', (kind) => {
    const one = own(kind, nameOf(kind), 'ns');
    const { text, commands } = inTermsOf(one, fix);
    expect(text).toMatch(
      /^Raise the memory limit\. \S.* (?:undoes|overwrites with its next upgrade) what is edited by hand: make the change .*:$/,
    );
    expect(text.toLowerCase()).toContain(named(one).toLowerCase());
    expect(commands[0]).toBe('look');
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.join('\n')).not.toMatch(/kubectl\b.* (?:edit|patch|set|scale) /);
  });
  test.each(kinds)('that removes what %s makes again leaves it to the owner', (kind) => {
    const one = own(kind, nameOf(kind), 'ns');
    const { text, commands } = inTermsOf(one, { ...fix, edits: { ...fix.edits, to: 'remove' } });
    expect(text).toMatch(/^Raise the memory limit\. \S.* makes it again(?: with its next upgrade)?: remove it .*:$/);
    expect(commands.join('\n')).not.toMatch(/(?:kubectl|oc|aws|helm)\b.* (?:delete|edit|patch|uninstall|update-addon) /);
  });
  test('by hand has its own text', () =>
    expect(inTermsOf(null, { text: 'Aim.', edits: { ...fix.edits, text: 'By hand:' } })).toEqual({
      text: 'By hand:',
      commands: ['kubectl edit deployment/x'],
    }));
});
