import type { Distribution } from './distribution.ts';

export const aks: Distribution = {
  name: 'AKS',
  marks: { server: /\.azmk8s\.(io|us|cn)$/, label: /^kubernetes\.azure\.com\/cluster=/ },
  managed: true,
};
