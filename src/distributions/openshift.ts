import type { Distribution } from './distribution.ts';

const heldIn = /\/kube-apiserver-pod\.yaml$|\/static-pod-resources\//;
const operator = 'see why it has not, with `oc describe clusteroperator kube-apiserver`';

export const openshift: Distribution = {
  name: 'OpenShift',
  marks: { origin: 'OpenShift configuration', file: heldIn, label: /^node\.openshift\.io\// },
  look: 'OpenShift keeps them in: oc -n openshift-kube-apiserver get configmap config; on a control-plane node: sudo aggctl doctor',
  manifest: '/etc/kubernetes/manifests/kube-apiserver-pod.yaml',
  programs: ['openshift'],
  editFlag: (at, change) =>
    'file' in at && heldIn.test(at.file)
      ? { text: `${change}. OpenShift's operator writes these flags and undoes what is edited by hand: ${operator}.` }
      : null,
  renewFrontProxy: { text: `OpenShift's operator renews it by itself, well before its end: ${operator}.` },
};
