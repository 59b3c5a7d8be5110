import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const folder = '/etc/kubernetes/ssl';
/** Where Docker keeps its record of each container. */
export const containers = '/var/lib/docker/containers';
const where = 'Where `cluster.yml` and `cluster.rkestate` of this cluster are';

/**
 * kube-apiserver is a container of Docker's, which RKE starts. rancher/rke, cluster/plan.go (BuildKubeAPIProcess), pki/constants.go and cmd/cert.go,
 * v1.7; https://rke.docs.rancher.com/cert-mgmt. Rancher itself does the same for clusters that it has made.
 */
export const rke1: Distribution = {
  name: 'RKE1',
  marks: {
    origin: 'RKE container',
    certificate: /^\/etc\/kubernetes\/ssl\/kube-apiserver-(?:proxy-client|requestheader-ca)/,
    label: /^rke\.cattle\.io\/(?:internal|external)-ip=/,
  },
  look: 'RKE starts kube-apiserver in Docker; on a control-plane node: docker inspect kube-apiserver',
  clientCa: `${folder}/kube-ca.pem`,
  frontProxy: {
    ca: `${folder}/kube-apiserver-requestheader-ca.pem`,
    cert: `${folder}/kube-apiserver-proxy-client.pem`,
    key: `${folder}/kube-apiserver-proxy-client-key.pem`,
  },
  renewFrontProxy: {
    text: `${where}, rotate the certificates; RKE restarts what uses them:`,
    commands: [sh`rke cert rotate --config cluster.yml`],
  },
  renewCa: {
    text: `${where}, rotate all CAs and the certificates below them. Then restart all pods of the cluster, because their CA changes, too:`,
    commands: [sh`rke cert rotate --rotate-ca --config cluster.yml`],
  },
  renewServerCertificate: {
    text: `${where}, rotate the certificates; RKE restarts what uses them:`,
    commands: [sh`rke cert rotate --config cluster.yml`],
  },
  renewAdminCredentials: {
    text: `${where}, use \`kube_config_cluster.yml\` beside them, which RKE writes again:`,
    commands: [sh`rke up --config cluster.yml`],
  },
  editFlag: (_, change) => ({
    text: `${where}, ${change.slice(0, 1).toLowerCase()}${change.slice(1)}; RKE replaces the container on each node:`,
    commands: [sh`vi cluster.yml    # under services.kube-api.extra_args: ${change}`, sh`rke up --config cluster.yml`],
  }),
  showLog: sh`docker logs --tail 50 kube-apiserver`,
};

/** What RKE sets by itself, as far as it concerns the aggregation layer; the headers by its metadata (rancher/kontainer-driver-metadata). */
export const defaultFlags: ReadonlyMap<string, string> = new Map([
  ['authorization-mode', 'Node,RBAC'],
  ['client-ca-file', `${folder}/kube-ca.pem`],
  ['proxy-client-cert-file', `${folder}/kube-apiserver-proxy-client.pem`],
  ['proxy-client-key-file', `${folder}/kube-apiserver-proxy-client-key.pem`],
  ['requestheader-allowed-names', 'kube-apiserver-proxy-client'],
  ['requestheader-client-ca-file', `${folder}/kube-apiserver-requestheader-ca.pem`],
  ['requestheader-extra-headers-prefix', 'X-Remote-Extra-'],
  ['requestheader-group-headers', 'X-Remote-Group'],
  ['requestheader-username-headers', 'X-Remote-User'],
  ['tls-cert-file', `${folder}/kube-apiserver.pem`],
  ['tls-private-key-file', `${folder}/kube-apiserver-key.pem`],
]);
