import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const certificates = '/var/lib/microshift/certs';
const signer = `${certificates}/aggregator-signer`;
const renew = {
  text: 'On the node; MicroShift renews at its start what is near its end, the CA of the front proxy too:',
  commands: [sh`systemctl restart microshift`],
};

/**
 * kube-apiserver runs within MicroShift. openshift/microshift, pkg/controllers/kube-apiserver.go, pkg/util/cryptomaterial/certinfo.go and
 * assets/controllers/kube-apiserver/defaultconfig.yaml, 4.20.
 */
export const microshift: Distribution = {
  name: 'MicroShift',
  marks: { origin: 'MicroShift configuration', certificate: /^\/var\/lib\/microshift\// },
  look: 'MicroShift holds kube-apiserver within itself; on its node: sudo aggctl doctor',
  journal: 'microshift',
  programs: ['microshift'],
  kubeconfig: '/var/lib/microshift/resources/kubeadmin/kubeconfig',
  clientCa: `${certificates}/ca-bundle/client-ca.crt`,
  frontProxy: { ca: `${signer}/ca.crt`, cert: `${signer}/aggregator-client/client.crt`, key: `${signer}/aggregator-client/client.key` },
  renewFrontProxy: renew,
  renewCa: renew,
  renewServerCertificate: renew,
  renewAdminCredentials: {
    text: 'Use the kubeconfig on the node, which MicroShift writes at its start:',
    commands: [sh`cat /var/lib/microshift/resources/kubeadmin/kubeconfig`],
  },
  editFlag: (_, change) => ({
    text: `${change}. MicroShift sets these flags itself and has no option for them, so ask Red Hat or its maintainers.`,
  }),
  showLog: sh`journalctl -u microshift --since -15min | grep kube-apiserver`,
};

const serving = `${certificates}/kube-apiserver-service-network-signer/kube-apiserver-service-network-serving`;
/** What MicroShift sets, as far as it concerns the aggregation layer. */
export const flags: ReadonlyMap<string, string> = new Map([
  ['authorization-mode', 'Scope,SystemMasters,RBAC,Node'],
  ['client-ca-file', `${certificates}/ca-bundle/client-ca.crt`],
  ['enable-aggregator-routing', 'true'],
  ['proxy-client-cert-file', `${signer}/aggregator-client/client.crt`],
  ['proxy-client-key-file', `${signer}/aggregator-client/client.key`],
  ['requestheader-allowed-names', 'kube-apiserver-proxy,system:kube-apiserver-proxy,system:openshift-aggregator'],
  ['requestheader-client-ca-file', `${signer}/ca.crt`],
  ['requestheader-extra-headers-prefix', 'X-Remote-Extra-'],
  ['requestheader-group-headers', 'X-Remote-Group'],
  ['requestheader-username-headers', 'X-Remote-User'],
  ['tls-cert-file', `${serving}/server.crt`],
  ['tls-private-key-file', `${serving}/server.key`],
]);
