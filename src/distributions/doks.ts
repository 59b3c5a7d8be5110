import type { Distribution } from './distribution.ts';

export const doks: Distribution = {
  name: 'DOKS',
  marks: { server: /\.k8s\.ondigitalocean\.com$/, label: /^doks\.digitalocean\.com\// },
  managed: true,
};
