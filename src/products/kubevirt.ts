import type { Product } from './product.ts';

/** kubevirt/kubevirt, pkg/virt-operator/resource/generate/components (apiservices.go, secrets.go, deployments.go) and resource/apply/certificates.go, v1.9. */
export const kubevirt: Product = {
  name: 'KubeVirt',
  marks: { ownGroups: ['subresources.kubevirt.io'] },
  port: 8443,
  certificate: {
    by: 'product',
    secret: 'kubevirt-virt-api-certs',
    renewal:
      'virt-operator issues the certificate in Secret `kubevirt-virt-api-certs` and its CA in Secret `kubevirt-ca`, renews both and sets `spec.caBundle`. Restart virt-operator, and read what it logs if that does not help',
  },
  restart: [{ name: 'virt-operator' }],
};
