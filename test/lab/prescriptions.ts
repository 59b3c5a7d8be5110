/** Why the fix of a fault is not pasted to its end in prescriptions.test.ts: what it needs of a person, or of a program that the lab lacks. */
const faults: Readonly<Record<string, readonly string[]>> = {
  'no commands': ['requestheader-ca-expired'],
  'only looks': [
    'manifest-not-applied',
    'mirror-manifest-not-applied',
    'configmap-missing',
    'configmap-value-unusable-restarted',
    'configmap-ca-not-signer',
    'exit-for-another-reason',
    'egress-socket-absent',
    'egress-socket-absent-httpconnect',
    'crd-version-shadowed',
    'group-version-not-served',
    'discovery-document-unusable-another-kind',
    'extension-server-answers-differ',
    'apiservice-without-service',
    'service-missing-namespace-too',
    'discovery-document-unusable-no-content',
    'aggregated-discovery-empty',
    'user-request-fails',
    'service-missing',
    'service-selects-no-pods',
  ],
  'needs CA.crt': [
    'cabundle-not-signer',
    'cabundle-unusable-without-service',
    'cabundle-expired',
    'cabundle-unusable-from-the-start',
    'cabundle-absent',
  ],
  'needs a value that nobody can know': ['endpoints-missing-not-ready'],
  'opens an editor on an object': [
    'configmap-entries-not-from-kube-apiserver',
    'service-is-kube-apiserver-by-address',
    'service-is-kube-apiserver',
  ],
  'needs a service manager, a runtime, helm or another node': [
    'server-certificate-expired',
    'microk8s-group-headers-missing',
    'systemd-allowed-names-exclude-cn',
    'k3s-front-proxy-client-expired',
    'microk8s-no-proxy-without-services',
  ],
};
export const unpasted: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(faults).flatMap(([reason, names]) => names.map((name) => [name, reason])),
);
