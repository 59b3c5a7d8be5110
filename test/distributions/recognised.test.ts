import { describe, expect, test } from 'vitest';
import { distributionOf, type Evidence, unseen } from '../../src/distributions/index.ts';
import type { Unavailable } from '../../src/model.ts';

const evidence = (one: Partial<Evidence>): Evidence => ({ version: 'v1.37.2', server: 'https://10.0.0.5:6443', kubeadm: false, ...one });

test.each<[string, Partial<Evidence>, string | null]>([
  ['nothing', {}, null],
  ["kubeadm's annotation, whatever else", { kubeadm: true, labels: ['kops.k8s.io/instancegroup=x'] }, 'kubeadm'],
  ['a version', { version: 'v1.37.2+k3s1' }, 'k3s'],
  ['a version', { version: 'v1.37.2+rke2r1' }, 'RKE2'],
  ['a version', { version: 'v1.37.2+k0s' }, 'k0s'],
  ['a version', { version: 'v1.37.2-eks-8cce635' }, 'EKS'],
  ['a version', { version: 'v1.37.2-gke.1001000' }, 'GKE'],
  ['a version', { version: 'v1.37.2+IKS' }, 'IKS'],
  ['an address', { server: 'https://0123.gr7.eu-west-1.eks.amazonaws.com' }, 'EKS'],
  ['an address', { server: 'https://prod-dns-0123.hcp.westeurope.azmk8s.io:443' }, 'AKS'],
  ['an address', { server: 'https://0123.k8s.ondigitalocean.com' }, 'DOKS'],
  ['an address', { server: 'https://0123.eu-central-1.linodelke.net:443' }, 'LKE'],
  ['an address that merely mentions one', { server: 'https://azmk8s.io.example.com' }, null],
  ['no URL at all', { server: 'nonsense' }, null],
  ['a label of a node', { labels: ['kubernetes.azure.com/cluster=MC_x'] }, 'AKS'],
  ['a label of a node', { labels: ['doks.digitalocean.com/node-pool=p'] }, 'DOKS'],
  ['a label of a node', { labels: ['cloud.google.com/gke-nodepool=p'] }, 'GKE'],
  ['a label of a node', { labels: ['kops.k8s.io/instancegroup=x'] }, 'kOps'],
  ['a label of a node', { labels: ['node.openshift.io/os_id=rhel'] }, 'OpenShift'],
  ['a label of a node', { labels: ['microk8s.io/cluster=true'] }, 'MicroK8s'],
  ['a label of a node', { labels: ['node.k0sproject.io/role=control-plane'] }, 'k0s'],
  ["a node's system", { labels: ['osImage=Talos (v1.11.2)'] }, 'Talos'],
  ['a label of the mirror pod', { labels: ['app.kubernetes.io/managed-by=Talos'] }, 'Talos'],
  ['a file', { file: '/var/snap/microk8s/current/args/kube-apiserver' }, 'MicroK8s'],
  ['a file', { file: '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml' }, 'RKE2'],
  ['a file', { file: '/etc/kubernetes/manifests/kube-apiserver.manifest' }, 'kOps'],
  ['a file', { file: '/etc/kubernetes/manifests/kube-apiserver-pod.yaml' }, 'OpenShift'],
  ['a unit of systemd', { file: '/etc/systemd/system/kube-apiserver.service', origin: 'systemd unit' }, null],
  ["k3s's configuration", { origin: 'k3s configuration' }, 'k3s'],
  ["OpenShift's configuration", { origin: 'OpenShift configuration' }, 'OpenShift'],
])('%s: %j', (_, one, name) => {
  expect(distributionOf(evidence(one))).toBe(name);
});

describe('what cannot be seen', () => {
  const otherwise: Unavailable = { ok: false, why: 'excluded', message: 'the manifest; sudo aggctl doctor' };
  test.each<[string, Partial<Evidence>, string]>([
    ['a managed control plane shows nothing to anybody', { version: 'v1.37.2-eks-8cce635' }, 'EKS does not expose them'],
    ['k0s', { version: 'v1.37.2+k0s' }, '/etc/k0s/k0s.yaml'],
    ['k3s', { version: 'v1.37.2+k3s1' }, 'on a server node: sudo aggctl doctor'],
    ['OpenShift', { labels: ['node.openshift.io/os_id=rhel'] }, 'oc -n openshift-kube-apiserver get configmap config'],
    ['Talos', { labels: ['osImage=Talos (v1.11.2)'] }, 'talosctl'],
    ['MicroK8s', { labels: ['microk8s.io/cluster=true'] }, 'sudo aggctl doctor'],
    ['RKE2 has manifests, as kubeadm has', { version: 'v1.37.2+rke2r1' }, otherwise.message],
    ['an unknown one', {}, otherwise.message],
  ])('%s', (_, one, message) => {
    expect(unseen(evidence(one), otherwise)).toEqual({ ...otherwise, message: expect.stringContaining(message) });
  });

  test('lacking rights are said where there is something to see, and nowhere else', () => {
    const denied: Unavailable = { ok: false, why: 'denied', message: 'pods is forbidden' };
    expect(unseen(evidence({ version: 'v1.37.2+k0s' }), denied)).toBe(denied);
    expect(unseen(evidence({ version: 'v1.37.2-gke.1' }), denied)).toMatchObject({
      why: 'excluded',
      message: expect.stringContaining('GKE'),
    });
  });
});
