import type { Distribution } from './distribution.ts';

const pki = '/etc/kubernetes/pki';

/**
 * Terraform makes the certificates, and kubelet runs the control plane. The key of the CA is in Terraform's state alone, and both end after a
 * year. poseidon/terraform-render-bootstrap, tls-aggregation.tf and manifests.tf, v1.36.
 */
export const typhoon: Distribution = {
  name: 'Typhoon',
  marks: { certificate: /\/aggregation-(?:client|ca)\.crt$/ },
  upstreamBuild: true,
  clientCa: `${pki}/ca.crt`,
  frontProxy: { ca: `${pki}/aggregation-ca.crt`, cert: `${pki}/aggregation-client.crt`, key: `${pki}/aggregation-client.key` },
};
