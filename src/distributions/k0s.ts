import type { Distribution } from './distribution.ts';

export const k0s: Distribution = {
  name: 'k0s',
  marks: { version: /\+k0s/, label: /^node\.k0sproject\.io\// },
  look: 'k0s starts kube-apiserver itself; on a controller see spec.api.extraArgs in /etc/k0s/k0s.yaml, and: ps -ww -o args= -C kube-apiserver',
  programs: ['k0s'],
};
