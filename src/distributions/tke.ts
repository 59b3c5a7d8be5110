import type { Distribution } from './distribution.ts';

export const tke: Distribution = {
  name: 'TKE',
  marks: { version: /-tke\./ },
  managed: true,
};
