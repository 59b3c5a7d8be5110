import type { Product } from './product.ts';

/** linkerd/linkerd2, viz/charts/linkerd-viz/templates (tap.yaml, tap-rbac.yaml) and viz/tap/api/server.go (serverAuth), 2.20. */
export const linkerdTap: Product = {
  name: 'Linkerd tap',
  marks: { ownGroups: ['tap.linkerd.io'] },
  port: 8089,
  certificate: {
    by: 'installer',
    secret: 'tap-k8s-tls',
    renewal:
      'the chart linkerd-viz issues the certificate in Secret `tap-k8s-tls` and `spec.caBundle` together, for 365 days, at each install and upgrade; nothing renews them in between. Upgrade the release, or run `linkerd viz install | kubectl apply -f -` again if the CLI installed it, then restart tap',
  },
  restart: [{ selector: 'linkerd.io/extension=viz,component=tap' }],
  readsTrustAtStart: true,
};
