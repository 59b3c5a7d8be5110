/** What each distribution prints for the same fault: its own way, and never one that it does not have. */
import { describe, expect, test } from 'vitest';
import { distributions } from '../../src/distributions/all.ts';
import {
  editFlag,
  renewAdminCredentials,
  renewCa,
  renewFrontProxy,
  renewServerCertificate,
  replaceFrontProxy,
  showLog,
} from '../../src/distributions/fixes.ts';
import { isHosted, openPath } from '../../src/distributions/provider.ts';
import type { Fix, Place } from '../../src/model.ts';

const mirrorPod: Place = { object: 'Pod kube-system/kube-apiserver-cp-1' };
const written = ({ text, commands = [] }: Fix) => [text, ...commands].join('\n');
const shown = (fix: Fix) => (fix.commands ?? []).join('\n');
const hosted = distributions.filter(({ name }) => isHosted(name)).map(({ name }) => name);
const own = distributions.filter(({ name }) => !isHosted(name)).map(({ name }) => name);

const newCa = (name: string) => renewCa(name, { files: null, commonName: null, expired: true });
const fixes: Readonly<Record<string, (name: string) => Fix>> = {
  'a new end': renewFrontProxy,
  'a new pair': replaceFrontProxy,
  'a new CA': newCa,
  'a new serving certificate': renewServerCertificate,
  'new credentials': renewAdminCredentials,
  'a flag': (name) => editFlag({ probe: 'GET /flagz' }, 'Set --a=b', name),
};

describe('where a provider runs the control plane, nobody is sent to its nodes', () => {
  const onNodes = /sudo|control-plane nodes?\b|journalctl|crictl|systemctl|kubeadm|\/etc\/|Issue a new client certificate/;
  test.each(hosted)('%s', (name) => {
    for (const [wanted, fix] of Object.entries(fixes)) expect(written(fix(name)), wanted).not.toMatch(onNodes);
    expect(written(renewFrontProxy(name))).toMatch(/support case with|Gardener/);
    expect(written(openPath(name, 10251))).toContain('port 10251');
  });
  test('Kubernetes on the own nodes is of nobody else', () => {
    expect(hosted.sort()).toEqual(['ACK', 'AKS', 'CCE', 'DOKS', 'EKS', 'GKE', 'Gardener', 'IKS', 'LKE', 'OKE', 'TKE']);
  });
});

const expected: Readonly<Record<string, { readonly renew: RegExp; readonly ca: RegExp; readonly flag: RegExp }>> = {
  kubeadm: { renew: /kubeadm certs renew front-proxy-client$/, ca: /new requestheader CA/, flag: /vi \/root\/kube-apiserver\.yaml/ },
  kind: { renew: /docker exec % kubeadm certs renew front-proxy-client/, ca: /new requestheader CA/, flag: /vi \/root/ },
  minikube: {
    renew: /minikube stop -p PROFILE && minikube start/,
    ca: /new requestheader CA/,
    flag: /minikube start .*--extra-config=apiserver/,
  },
  kubespray: {
    renew: /\/etc\/kubernetes\/ssl\/front-proxy-ca\.key .*--cert-dir \/etc\/kubernetes\/ssl$/,
    ca: /new requestheader CA/,
    flag: /vi \/root/,
  },
  'Cluster API': { renew: /clusterctl alpha rollout restart/, ca: /new requestheader CA/, flag: /kubectl edit kubeadmcontrolplane/ },
  Bottlerocket: {
    renew: /ctr run .*\/opt\/bin\/kubeadm certs renew front-proxy-client$/,
    ca: /new requestheader CA/,
    flag: /eksctl anywhere upgrade/,
  },
  k3s: { renew: /^systemctl restart k3s$/, ca: /k3s certificate rotate-ca/, flag: /by its service|config\.yaml/ },
  RKE2: { renew: /^systemctl restart rke2-server$/, ca: /rke2 certificate rotate-ca/, flag: /rke2\/config\.yaml/ },
  k0s: { renew: /^systemctl restart k0scontroller$/, ca: /mv \S+front-proxy-ca\.crt .*restart k0scontroller/, flag: /by its service/ },
  MicroK8s: { renew: /microk8s refresh-certs --cert front-proxy-client\.crt/, ca: /new requestheader CA/, flag: /by its service/ },
  MicroShift: { renew: /^systemctl restart microshift$/, ca: /^systemctl restart microshift$/m, flag: /has no option/ },
  Talos: { renew: /^talosctl -n NODE reboot --wait$/, ca: /cluster\.aggregatorCA/, flag: /talosctl -n NODE edit machineconfig/ },
  OpenShift: { renew: /oc describe clusteroperator kube-apiserver\noc get csr/, ca: /oc get csr/, flag: /oc describe clusteroperator/ },
  kOps: {
    renew: /^kops rolling-update cluster .*control-plane --force --yes$/,
    ca: /kops promote keypair apiserver-aggregator-ca/,
    flag: /kops edit cluster/,
  },
  Typhoon: { renew: /^$/, ca: /new requestheader CA/, flag: /by its service/ },
  RKE1: { renew: /^rke cert rotate --config cluster\.yml$/, ca: /rke cert rotate --rotate-ca/, flag: /vi cluster\.yml[\s\S]*rke up/ },
};

test('each distribution has a row', () => {
  expect(Object.keys(expected).sort()).toEqual(own.sort());
});
test.each(Object.entries(expected))('%s', (name, { renew, ca, flag }) => {
  expect(shown(renewFrontProxy(name))).toMatch(renew);
  expect(written(newCa(name))).toMatch(ca);
  expect(written(editFlag(mirrorPod, 'Set --a=b', name))).toMatch(flag);
  if (!['Typhoon'].includes(name)) expect(written(renewServerCertificate(name))).not.toMatch(/usually by a restart/);
});

test.each([
  ['Talos', /talosctl/],
  ['RKE1', /docker logs/],
  ['k0s', /journalctl -u k0scontroller/],
  ['MicroShift', /journalctl -u microshift/],
  ['MicroK8s', /kubelite/],
  ['kubeadm', /crictl logs/],
])('where the log of kube-apiserver is on %s', (name, command) => {
  expect(showLog(name)).toMatch(command);
});

test.each([
  ['EKS', /security group/],
  ['GKE', /VPC firewall rule .*control plane's address range/],
  ['AKS', /konnectivity-agent/],
  ['ACK', /security group .*route table/],
  ['TKE', /security group .*VPC has a route/],
  ['OKE', /subnet of the Kubernetes API endpoint/],
  ['CCE', /CLUSTER-cce-control/],
  ['IKS', /konnectivity-agent/],
  ['Gardener', /vpn-shoot/],
  ['DOKS', /firewall/],
  ['LKE', /firewall/],
])('the way to a pod on %s', (name, words) => {
  expect(openPath(name, 10251).text).toMatch(words);
});
