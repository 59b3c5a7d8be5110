import type { Product } from './product.ts';

/** karmada-io/karmada, artifacts/deploy (karmada-{aggregated-apiserver,search}{,-apiservice}.yaml) and charts/karmada, v1.18: the servers run in the host cluster. */
export const karmada: Product = {
  name: 'Karmada',
  marks: { ownGroups: ['cluster.karmada.io', 'search.karmada.io'] },
  port: 443,
  certificate: {
    by: 'installer',
    secret: null,
    renewal:
      "Karmada's installer (karmadactl, its operator or its chart) issues the certificate from Karmada's own CA, which is `spec.caBundle`. Have it issue the certificate again, and restart the server in the host cluster",
  },
  restart: [],
};
