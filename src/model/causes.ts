/** Which checks explain what an extension server shows: facts name them for one text, checks for all that they may meet. */

/** Every fault of the front-proxy certificate, its CA, its names and the headers that ends in 401. */
export const rejections: readonly string[] = [
  'front-proxy-client-expired',
  'front-proxy-client-not-yet-valid',
  'front-proxy-client-not-signed-by-requestheader-ca',
  'front-proxy-client-without-clientauth',
  'requestheader-ca-cannot-sign',
  'front-proxy-client-signature-insecure',
  'requestheader-ca-expired',
  'requestheader-ca-missing',
  'allowed-names-exclude-cn',
  'username-headers-missing',
  'configmap-missing',
  'configmap-value-unusable',
  'configmap-requestheader-missing',
  'configmap-ca-not-signer',
  'configmap-names-exclude-cn',
];

/** Faults by which kube-apiserver shows no certificate at all. */
export const anonymities: readonly string[] = ['proxy-client-pair-missing', 'proxy-client-pair-half'];

/** Why nothing answers behind a Service that kube-apiserver finds. */
export const silences: readonly string[] = [
  'service-selects-no-pods',
  'extension-server-scaled-to-zero',
  'extension-server-not-admitted',
  'extension-server-unschedulable',
  'extension-server-image-unavailable',
  'extension-server-cannot-start',
  'authentication-reader-missing',
  'extension-server-crashes',
  'extension-server-not-ready',
  'endpoints-missing',
  'endpoint-port-name-mismatch',
  'service-target-port-unknown',
  'service-target-port-wrong',
  'service-selects-wrong-pods',
  'internal-traffic-policy-without-pod',
];

/** What stands in the way between kube-apiserver and an extension server, and what is wrong with its TLS. */
const ways: readonly string[] = [
  'aggregator-routing-wrong',
  'extension-server-no-route',
  'extension-server-slow',
  'extension-server-no-answer',
  'extension-server-rejects-connections',
  'extension-server-not-https',
  'extension-server-without-tls-1-2',
  'extension-server-without-common-cipher',
  'extension-server-rejects-client-ca',
  'serving-certificate-expired',
  'serving-certificate-not-yet-valid',
  'serving-certificate-names-exclude-service',
  'serving-certificate-signature-insecure',
  'cabundle-cannot-sign',
  'serving-certificate-without-serverauth',
];

/** Everything that can keep an APIService from serving. */
export const outages: readonly string[] = [
  'extension-servers-reject-front-proxy',
  'extension-servers-see-anonymous',
  'built-in-group-shadowed',
  'cabundle-unusable',
  'cabundle-not-injected',
  'cabundle-expired',
  'crd-version-shadowed',
  'apiservice-stale',
  'group-version-not-served',
  'cabundle-not-signer',
  'extension-server-answers-differ',
  'service-is-kube-apiserver',
  'extension-server-overloaded',
  'service-missing',
  'service-port-missing',
  'service-not-routable',
  ...silences,
  ...ways,
  'extension-server-down',
  ...rejections,
  'authentication-delegator-missing',
  'front-proxy-client-key-weak',
  ...anonymities,
  'no-proxy-without-services',
  'egress-socket-absent',
];
