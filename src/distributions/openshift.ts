import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

const heldIn = /\/kube-apiserver-pod\.yaml$|\/static-pod-resources\//;
const describe = sh`oc describe clusteroperator kube-apiserver`;
const pending = sh`oc get csr`;

/** It renews the CA of the front proxy as it renews the pair: https://docs.okd.io/latest/security/certificate_types_descriptions/aggregated-api-client-certificates.html */
const byOperator = {
  text: "OpenShift's operator renews it by itself, well before its end. See why it has not. If the cluster was off for weeks, also approve the pending certificate requests of its nodes, with `oc adm certificate approve NAME` for each that you know:",
  commands: [describe, pending],
};

export const openshift: Distribution = {
  name: 'OpenShift',
  marks: { origin: 'OpenShift configuration', file: heldIn, label: /^node\.openshift\.io\// },
  look: 'OpenShift keeps them in: oc -n openshift-kube-apiserver get configmap config; on a control-plane node: sudo aggctl doctor',
  manifest: '/etc/kubernetes/manifests/kube-apiserver-pod.yaml',
  programs: ['openshift'],
  editFlag: (at, change) =>
    'object' in at || ('file' in at && heldIn.test(at.file))
      ? {
          text: `${change}. OpenShift's operator writes these flags and undoes what is edited by hand. See why it has not:`,
          commands: [describe],
        }
      : null,
  renewFrontProxy: byOperator,
  renewCa: byOperator,
  renewServerCertificate: byOperator,
  renewAdminCredentials: { text: 'Log in again (replace SERVER):', commands: [sh`oc login SERVER`] },
};
