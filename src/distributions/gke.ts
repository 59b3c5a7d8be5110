import type { Distribution } from './distribution.ts';

export const gke: Distribution = {
  name: 'GKE',
  marks: { version: /-gke\./, label: /^cloud\.google\.com\/gke-/ },
  managed: true,
};
