import type { Product } from './product.ts';

/** operator-framework/operator-lifecycle-manager, deploy/chart/templates/_packageserver.* and pkg/controller/install/certresources.go (DefaultCertMinFresh), v0.46. */
export const packageServer: Product = {
  name: "the Operator Lifecycle Manager's package server",
  marks: { ownGroups: ['packages.operators.coreos.com'] },
  port: 5443,
  certificate: {
    by: 'product',
    secret: 'packageserver-service-cert',
    renewal:
      'olm-operator issues the certificate in Secret `packageserver-service-cert` and sets its CA in `spec.caBundle`, both for two years, and again on their last day. Restart olm-operator, then the package server',
    renewedBefore: 24 * 3_600_000,
  },
  restart: [{ name: 'olm-operator' }, { name: 'packageserver' }],
};
