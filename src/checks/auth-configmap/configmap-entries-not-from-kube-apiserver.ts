import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';
import { byAnother, named, placeOf, takeOut } from './configmap-leftovers.ts';

export default defineCheck({
  id: 'configmap-entries-not-from-kube-apiserver',
  title: 'only kube-apiserver writes entries into ConfigMap extension-apiserver-authentication',
  severity: 'warning',
  modes: ['M10'],
  scope: 'cluster',
  needs: ['unclaimedEntries', 'now'],
  explain: {
    looksAt:
      "entries of ConfigMap kube-system/extension-apiserver-authentication that come from no kube-apiserver's flags, under keys last written by another field manager",
    why: 'Such an entry can let someone else act as any user in every extension API server. kube-apiserver never removes it.',
    kubernetes: 'kube-apiserver adds the values of its own flags to the existing ones and leaves the rest: each list is a union.',
    repair: 'Find out who writes the entry (a person, GitOps, a restored backup) and stop it. Then remove the entry, and leave the rest.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combinedClusterAuthenticationInfo), v1.37.2',
  },
  run({ unclaimedEntries, now }) {
    if (unclaimedEntries === null) return null;
    const entries = unclaimedEntries.filter(byAnother);
    if (entries.length === 0) return [];
    const writers = [...new Map(entries.map(({ writer }) => [writer?.manager, writer])).values()].filter((writer) => writer !== null);
    return [
      {
        message: `Extension API servers trust entries that no kube-apiserver published: ${named(entries)}, written by ${list(writers.map(({ manager }) => `\`${manager}\``))}.`,
        at: placeOf(entries),
        evidence: [
          "no flag and no CA file of this cluster's kube-apiservers contains it",
          ...writers.map(({ manager, at }) => `last write by ${manager}: ${fromNow(at, now)}`),
        ],
        fix: takeOut(entries, 'Stop the writer'),
      },
    ];
  },
});
