import type { Product } from './product.ts';

/** DataDog/helm-charts, charts/datadog/templates (agent-apiservice.yaml, agent-services.yaml, cluster-agent-deployment.yaml), August 2026. */
export const datadog: Product = {
  name: 'the Datadog Cluster Agent',
  marks: {
    sharedGroups: ['external.metrics.k8s.io'],
    service: /(?:^|-)cluster-agent-metrics-api$/,
    images: ['datadog/cluster-agent', 'datadoghq/cluster-agent', 'datadoghq.com/cluster-agent'],
    labels: ['agent.datadoghq.com/component=cluster-agent'],
  },
  port: 8443,
  certificate: {
    by: 'chart',
    secret: null,
    renewal:
      'the Cluster Agent issues its own certificate for `localhost`, which no caBundle can verify: its chart sets `insecureSkipTLSVerify: true` instead. Upgrade the release so that the APIService is as in the chart, then restart the Cluster Agent',
  },
  restart: [{ selector: 'agent.datadoghq.com/component=cluster-agent' }],
};
