import type { Product } from './product.ts';

/**
 * kedacore/keda, config/metrics-server, cmd/operator/main.go and pkg/certificates/certificate_manager.go, v2.21.0; kedacore/charts, keda/templates.
 * https://keda.sh/docs/latest/operate/security: the operator issues it again where it is missing, and at each start where it is wrong.
 */
export const keda: Product = {
  name: 'KEDA',
  marks: {
    sharedGroups: ['external.metrics.k8s.io'],
    service: /^keda-(?:operator-)?metrics-apiserver$/,
    images: ['kedacore/keda-metrics-apiserver'],
    labels: ['app=keda-metrics-apiserver', 'app=keda-operator-metrics-apiserver'],
    managers: ['keda'],
  },
  port: 6443,
  certificate: {
    by: 'product',
    secret: 'kedaorg-certs',
    renewal:
      'keda-operator issues the certificate in Secret `kedaorg-certs` and sets its CA in `spec.caBundle`. It does so again when it starts, if they are wrong. Restart the operator, then the metrics API server, and read what the operator logs if that does not help',
  },
  restart: [{ selector: 'app=keda-operator' }, { selector: 'app in (keda-metrics-apiserver,keda-operator-metrics-apiserver)' }],
};
