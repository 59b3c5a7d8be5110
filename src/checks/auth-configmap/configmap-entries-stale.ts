import { defineCheck } from '../../check.ts';
import { byAnother, named, placeOf, takeOut } from './configmap-leftovers.ts';

export default defineCheck({
  id: 'configmap-entries-stale',
  title: 'ConfigMap extension-apiserver-authentication holds nothing of an earlier time',
  severity: 'info',
  modes: ['M06'],
  scope: 'cluster',
  needs: ['unclaimedEntries'],
  explain: {
    looksAt:
      "CAs, names and headers in ConfigMap kube-system/extension-apiserver-authentication that no kube-apiserver's flags and files make; only where all of them are visible and none of their certificates needs such an entry",
    why: 'After a rotation extension servers go on trusting the old CA: whoever has its key can still act as any user there, until it expires.',
    kubernetes: 'kube-apiserver only ever adds to these lists; of CAs it drops the expired ones.',
    repair:
      'Take out the entry that nobody needs any more, and no other. Do not delete the ConfigMap: another entry may hide a fault that would show then.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combinedClusterAuthenticationInfo), v1.37.2',
  },
  run({ unclaimedEntries }) {
    if (unclaimedEntries === null) return null;
    const entries = unclaimedEntries.filter((one) => !byAnother(one));
    if (entries.length === 0) return [];
    return [
      {
        message: `Extension servers still trust what no kube-apiserver uses any more: ${named(entries)}.`,
        at: placeOf(entries),
        evidence: ['no flag and no CA file of the kube-apiservers here holds it, and their certificates do without it'],
        fix: takeOut(entries, 'Once the rotation has ended on every control-plane node'),
      },
    ];
  },
});
