import type { Distribution } from './distribution.ts';

export const eks: Distribution = {
  name: 'EKS',
  marks: { version: /-eks-/, server: /\.eks\.amazonaws\.com(\.cn)?$/, label: /^eks\.amazonaws\.com\// },
  managed: true,
};
