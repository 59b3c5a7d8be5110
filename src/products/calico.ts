import type { Product } from './product.ts';

/** tigera/operator, pkg/render/apiserver.go and pkg/controller/certificatemanager/certificatemanager.go, August 2026; projectcalico/calico, manifests/apiserver.yaml. */
export const calico: Product = {
  name: 'Calico',
  marks: { ownGroups: ['projectcalico.org'] },
  port: 5443,
  certificate: {
    by: 'product',
    secret: 'calico-apiserver-certs',
    renewal:
      'tigera-operator issues the certificate in Secret `calico-apiserver-certs`, renews it a month before its end and sets `spec.caBundle`; it does not renew a certificate of yours in that Secret. Without that operator, you renew the Secret and `spec.caBundle`. Read what the operator logs, and restart the API server when the Secret is right',
  },
  restart: [{ name: 'calico-apiserver' }],
};
