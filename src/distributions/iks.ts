import type { Distribution } from './distribution.ts';

export const iks: Distribution = {
  name: 'IKS',
  marks: { version: /\+IKS/, server: /\.containers\.cloud\.ibm\.com$/ },
  managed: true,
};
