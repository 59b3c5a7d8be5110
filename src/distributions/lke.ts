import type { Distribution } from './distribution.ts';

export const lke: Distribution = {
  name: 'LKE',
  marks: { server: /\.linodelke\.net$/, label: /^lke\.linode\.com\// },
  managed: true,
};
