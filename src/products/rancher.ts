import type { Product } from './product.ts';

/** rancher/rancher, pkg/ext/extension_apiserver.go and pkg/ext/certs.go (maxRemainingCertLifetime, NewSNIProviderForCname), August 2026. */
export const rancher: Product = {
  name: 'Rancher',
  marks: { ownGroups: ['ext.cattle.io'] },
  port: 6666,
  certificate: {
    by: 'product',
    secret: 'imperative-api-sni-provider-cert-ca',
    renewal:
      'Rancher issues the certificate in Secret `imperative-api-sni-provider-cert-ca` for 90 days, sets its CA in `spec.caBundle`, and does both again in the last hour. It also issues another one when the Secret is deleted. Restart Rancher',
    // Once an hour it looks whether less than an hour is left: until its end nothing shows that it will not be renewed.
    renewedBefore: 0,
  },
  restart: [{ name: 'rancher' }],
};
