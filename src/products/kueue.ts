import type { Product } from './product.ts';

/** kubernetes-sigs/kueue, pkg/visibility/server.go, config/components/visibility and config/default (namespace, prefix, cert-manager patches), v0.17. */
export const kueue: Product = {
  name: 'Kueue',
  marks: { ownGroups: ['visibility.kueue.x-k8s.io'] },
  port: 8082,
  certificate: {
    by: 'installer',
    secret: null,
    renewal:
      'cert-manager issues the certificate in Secret `kueue-visibility-server-cert` if Kueue is installed with cert-manager. Without it, the server issues its own for `localhost` when it starts, and the APIService has `insecureSkipTLSVerify: true`. Install it again one way or the other, then restart the controller manager',
  },
  restart: [{ name: 'kueue-controller-manager' }],
};
