import { defineCheck } from '../check.ts';

/** The Kubernetes project defines these for anybody to serve: github.com/kubernetes/metrics. */
const forAnybody = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io'];

export default defineCheck({
  id: 'group-reserved',
  title: 'the group is not reserved for the Kubernetes project',
  severity: 'info',
  modes: [],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService'],
  explain: {
    looksAt: 'in manifests: whether the group is, or ends in, `k8s.io` or `kubernetes.io`',
    why: 'The Kubernetes project reviews the APIs of these groups, and may serve the same group one day.',
    kubernetes:
      'kube-apiserver accepts such an APIService; it accepts such a CustomResourceDefinition only with the annotation `api-approved.kubernetes.io`.',
    repair: 'Use a group under a domain of your own, unless the API was approved: https://github.com/kubernetes/enhancements/pull/1111.',
    mirrors: 'k8s.io/apiextensions-apiserver, pkg/apihelpers/helpers.go (IsProtectedCommunityGroup), v0.37.2',
  },
  run({ apiService: { name, group } }) {
    if (!/(?:^|\.)(?:k8s|kubernetes)\.io$/.test(group) || forAnybody.includes(group)) return [];
    return [
      {
        message: `The Kubernetes project may define \`${group}\` one day: groups under \`k8s.io\` and \`kubernetes.io\` are reserved for it.`,
        at: { object: `APIService ${name}`, field: 'spec.group' },
        fix: { text: `Use a group under a domain of your own for \`${name}\`, unless the API was approved.` },
      },
    ];
  },
});
