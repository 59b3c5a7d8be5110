import type { Distribution } from './distribution.ts';

export const kops: Distribution = {
  name: 'kOps',
  marks: { file: /kube-apiserver\.manifest$/, label: /^kops\.k8s\.io\// },
  manifest: '/etc/kubernetes/manifests/kube-apiserver.manifest',
};
