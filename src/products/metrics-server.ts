import type { Product } from './product.ts';

/** kubernetes-sigs/metrics-server, manifests/base and charts/metrics-server (values.yaml, templates/apiservice.yaml), v0.9.0. */
export const metricsServer: Product = {
  name: 'metrics-server',
  marks: {
    sharedGroups: ['metrics.k8s.io'],
    service: /(?:^|-)metrics-server$/,
    images: ['metrics-server/metrics-server'],
    labels: ['k8s-app=metrics-server', 'app.kubernetes.io/name=metrics-server'],
  },
  port: 10250,
  certificate: {
    by: 'chart',
    secret: null,
    renewal:
      'with `tls.type: helm` its chart issues the certificate for `tls.helm.certDurationDays` (365), and keeps the one in its Secret, expired or not, while `tls.helm.lookup` is true. Set `tls.helm.lookup: false` for one upgrade of the release, then restart metrics-server',
  },
  restart: [{ selector: 'app.kubernetes.io/name=metrics-server' }],
};
