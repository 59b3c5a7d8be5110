import { defineCheck } from '../../check.ts';
import { byAnother, named, placeOf, takeOut } from './configmap-leftovers.ts';

export default defineCheck({
  id: 'configmap-entries-stale',
  title: 'ConfigMap extension-apiserver-authentication contains only entries that a kube-apiserver still uses',
  severity: 'info',
  modes: ['M06'],
  scope: 'cluster',
  needs: ['unclaimedEntries'],
  explain: {
    looksAt:
      "CAs, names and headers in ConfigMap kube-system/extension-apiserver-authentication that come from no kube-apiserver's flags or files. Checked only if aggctl sees all of these and none of their certificates needs such an entry",
    why: 'After a rotation, extension API servers still trust the old CA. Until it expires, anyone with its key can act as any user there.',
    kubernetes: 'kube-apiserver only adds to these lists; it removes nothing but expired CAs.',
    repair:
      'Remove only the unused entry. Do not delete the ConfigMap: other entries may hide a fault that would break requests without them.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combinedClusterAuthenticationInfo), v1.37.2',
  },
  run({ unclaimedEntries }) {
    if (unclaimedEntries === null) return null;
    const entries = unclaimedEntries.filter((one) => !byAnother(one));
    if (entries.length === 0) return [];
    return [
      {
        message: `Extension API servers still trust entries that no kube-apiserver uses any more: ${named(entries)}.`,
        at: placeOf(entries),
        evidence: ["no flag and no CA file of this cluster's kube-apiservers contains it, and their certificates do not need it"],
        fix: takeOut(entries, 'Once the rotation is complete on every control-plane node'),
      },
    ];
  },
});
