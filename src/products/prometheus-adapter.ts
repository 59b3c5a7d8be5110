import type { Product } from './product.ts';

/** kubernetes-sigs/prometheus-adapter, deploy/manifests and pkg/config/config.go, v0.12.0; prometheus-community/helm-charts, charts/prometheus-adapter. */
export const prometheusAdapter: Product = {
  name: 'prometheus-adapter',
  marks: {
    sharedGroups: ['custom.metrics.k8s.io', 'external.metrics.k8s.io', 'metrics.k8s.io'],
    service: /(?:^|-)prometheus-adapter$/,
    images: ['prometheus-adapter/prometheus-adapter'],
    labels: ['app.kubernetes.io/name=prometheus-adapter'],
  },
  port: 6443,
  certificate: {
    by: 'chart',
    secret: null,
    renewal:
      'its chart takes the certificate from its values (`tls.certificate`, `tls.key`, and `tls.ca` for `spec.caBundle`), or from cert-manager with `certManager.enabled`. Set another certificate with its CA there, upgrade the release, and restart the adapter',
  },
  restart: [{ selector: 'app.kubernetes.io/name=prometheus-adapter' }],
  configuredGroups: {
    'custom.metrics.k8s.io': 'rules',
    'external.metrics.k8s.io': 'externalRules',
    'metrics.k8s.io': 'resourceRules',
  },
};
