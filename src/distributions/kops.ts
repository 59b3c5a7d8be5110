import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

const folder = '/srv/kubernetes/kube-apiserver';
const update = sh`kops update cluster --name CLUSTER --yes`;
const replaceNodes = sh`kops rolling-update cluster --name CLUSTER --instance-group-roles control-plane --force --yes`;
const roll = sh`kops rolling-update cluster --name CLUSTER --yes`;

const renew = {
  text: 'Let kOps replace the control-plane nodes, because each new one is issued new certificates (replace CLUSTER):',
  commands: [replaceNodes],
};

/** kubernetes/kops, nodeup/pkg/model/kube_apiserver.go and docs/operations/rotate-secrets.md, v1.34. */
export const kops: Distribution = {
  name: 'kOps',
  marks: { file: /kube-apiserver\.manifest$/, certificate: /\/apiserver-aggregator(?:-ca)?\.crt$/, label: /^kops\.k8s\.io\// },
  manifest: '/etc/kubernetes/manifests/kube-apiserver.manifest',
  clientCa: '/srv/kubernetes/ca.crt',
  frontProxy: {
    ca: `${folder}/apiserver-aggregator-ca.crt`,
    cert: `${folder}/apiserver-aggregator.crt`,
    key: `${folder}/apiserver-aggregator.key`,
  },
  renewFrontProxy: renew,
  renewServerCertificate: renew,
  renewCa: {
    text: 'Stage a new CA beside the old one, then let it issue, each time with all nodes replaced (replace CLUSTER):',
    commands: [
      sh`kops create keypair apiserver-aggregator-ca --name CLUSTER && ${{ command: update }} && ${{ command: roll }}`,
      sh`kops promote keypair apiserver-aggregator-ca --name CLUSTER && ${{ command: update }} && ${{ command: roll }}`,
    ],
  },
  renewAdminCredentials: {
    text: 'Let kOps write a new kubeconfig (replace CLUSTER):',
    commands: [sh`kops export kubeconfig CLUSTER --admin`],
  },
  // https://kops.sigs.k8s.io/cluster_spec/#kubeapiserver: the manifest is written at each start of a node.
  editFlag: (_, change) => ({
    text: `${change} in the specification of the cluster, because kOps writes the manifest again at each start of a node (replace CLUSTER):`,
    commands: [
      sh`kops edit cluster --name CLUSTER    # under spec.kubeAPIServer: ${change}`,
      sh`${{ command: update }} && ${{ command: replaceNodes }}`,
    ],
  }),
};
