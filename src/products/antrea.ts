import type { Product } from './product.ts';

/** antrea-io/antrea, docs/securing-control-plane.md and build/charts/antrea/templates/controller, v2.7. */
export const antrea: Product = {
  name: 'Antrea',
  marks: { ownGroups: ['controlplane.antrea.io', 'system.antrea.io', 'stats.antrea.io'] },
  port: 10349,
  certificate: {
    by: 'product',
    secret: null,
    renewal:
      'antrea-controller issues the certificate, renews it before its end, and sets its CA in `spec.caBundle` and in ConfigMap `antrea-ca`. With `selfSignedCert: false` it takes the certificate from Secret `antrea-controller-tls` instead, which you renew. Restart antrea-controller',
  },
  restart: [{ name: 'antrea-controller' }],
};
