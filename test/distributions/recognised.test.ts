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
  ['a version', { version: 'v1.30.1-aliyun.1' }, 'ACK'],
  ['a version', { version: 'v1.30.0-tke.6' }, 'TKE'],
  ['a version', { version: 'v1.28.8-r6-28.0.14.2' }, 'CCE'],
  ['a version', { version: 'v1.19.10-r0-CCE21.11.1' }, 'CCE'],
  ['a version that only looks like one', { version: 'v1.28.8-rc.1' }, null],
  ['a label of a node', { labels: ['alibabacloud.com/nodepool-id=np0'] }, 'ACK'],
  ['a label of a node', { labels: ['cloud.tencent.com/node-instance-id=ins-0'] }, 'TKE'],
  ['a label of a node', { labels: ['oke.oraclecloud.com/pool.name=pool1'] }, 'OKE'],
  ["a label of Oracle's machines, whoever runs Kubernetes there", { labels: ['oci.oraclecloud.com/fault-domain=FAULT-DOMAIN-1'] }, null],
  ['a label of a node', { labels: ['worker.gardener.cloud/pool=w'] }, 'Gardener'],
  ['an annotation of a node', { labels: ['rke.cattle.io/internal-ip='] }, 'RKE1'],
  ["an annotation of Rancher's machines", { labels: ['rke.cattle.io/machine=0'] }, null],
  ['an annotation of a node, and kubeadm', { kubeadm: true, labels: ['cluster.x-k8s.io/machine='] }, 'Cluster API'],
  ['a provider of a node, and kubeadm', { kubeadm: true, labels: ['providerID=kind://'] }, 'kind'],
  ["a node's system, and kubeadm", { kubeadm: true, labels: ['osImage=Bottlerocket OS 1.44.0 (vmware-k8s-1.33)'] }, 'Bottlerocket'],
  ["a node's system alone, which EKS has too", { labels: ['osImage=Bottlerocket OS 1.44.0 (aws-k8s-1.33)'] }, null],
  ['a file, and kubeadm', { kubeadm: true, file: '/etc/kubernetes/static-pods/kube-apiserver' }, 'Bottlerocket'],
  ['a certificate, and kubeadm', { kubeadm: true, certificates: ['/var/lib/kubeadm/pki/front-proxy-client.crt'] }, 'Bottlerocket'],
  ['a certificate, and kubeadm', { kubeadm: true, certificates: ['/var/lib/minikube/certs/front-proxy-client.crt'] }, 'minikube'],
  ['a certificate, and kubeadm', { kubeadm: true, certificates: ['/etc/kubernetes/ssl/front-proxy-client.crt'] }, 'kubespray'],
  ['a certificate, and kubeadm', { kubeadm: true, certificates: ['/etc/kubernetes/pki/front-proxy-client.crt'] }, 'kubeadm'],
  ['a certificate', { certificates: ['/etc/kubernetes/ssl/kube-apiserver-proxy-client.pem'] }, 'RKE1'],
  ['a certificate of kubeasz, set up by hand', { certificates: ['/etc/kubernetes/ssl/aggregator-proxy.pem'] }, null],
  ['a certificate', { certificates: ['/etc/kubernetes/pki/aggregation-client.crt'] }, 'Typhoon'],
  ['a certificate', { certificates: ['/srv/kubernetes/kube-apiserver/apiserver-aggregator.crt'] }, 'kOps'],
  ['a certificate', { certificates: ['/var/lib/microshift/certs/aggregator-signer/ca.crt'] }, 'MicroShift'],
  ["k0s's configuration", { origin: 'k0s configuration' }, 'k0s'],
  ["RKE's container", { origin: 'RKE container' }, 'RKE1'],
  ["k3s's configuration", { origin: 'k3s configuration' }, 'k3s'],
  ["OpenShift's configuration", { origin: 'OpenShift configuration' }, 'OpenShift'],
])('%s: %j', (_, one, name) => {
  expect(distributionOf(evidence(one))).toBe(name);
});

describe('what cannot be seen', () => {
  const otherwise: Unavailable = { ok: false, why: 'excluded', message: 'the manifest; sudo aggctl doctor' };
  test.each<[string, Partial<Evidence>, string]>([
    ['a managed control plane shows nothing to anybody', { version: 'v1.37.2-eks-8cce635' }, 'EKS does not expose them'],
    ['k0s', { version: 'v1.37.2+k0s' }, 'on a controller: sudo aggctl doctor'],
    ['RKE1', { labels: ['rke.cattle.io/internal-ip='] }, 'docker inspect kube-apiserver'],
    ['MicroShift', { origin: 'MicroShift configuration' }, 'on its node: sudo aggctl doctor'],
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
