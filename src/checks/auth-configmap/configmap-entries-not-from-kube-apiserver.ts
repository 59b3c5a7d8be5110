import { defineCheck } from '../../check.ts';
import { fromNow, list } from '../../format.ts';
import { byAnother, named, placeOf, takeOut } from './configmap-leftovers.ts';

export default defineCheck({
  id: 'configmap-entries-not-from-kube-apiserver',
  title: 'nobody but kube-apiserver writes entries into ConfigMap extension-apiserver-authentication',
  severity: 'warning',
  modes: ['M10'],
  scope: 'cluster',
  needs: ['unclaimedEntries', 'now'],
  explain: {
    looksAt:
      "entries of ConfigMap kube-system/extension-apiserver-authentication that no kube-apiserver's flags make, under keys that another field manager wrote last",
    why: 'An entry there lets somebody name users to every extension server: a CA signs for it, a name or a header opens it. kube-apiserver takes none out.',
    kubernetes: 'kube-apiserver adds what its own flags say to what it finds there, and leaves the rest: its lists are a union.',
    repair: 'See who writes it (a person, GitOps, a restored backup) and end that; then take the entry out, and leave the rest.',
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
        message: `Extension servers trust what no kube-apiserver asked for: ${named(entries)}, written by ${list(writers.map(({ manager }) => `\`${manager}\``))}.`,
        at: placeOf(entries),
        evidence: [
          'no flag and no CA file of the kube-apiservers here holds it',
          ...writers.map(({ manager, at }) => `${manager} wrote there ${fromNow(at, now)}`),
        ],
        fix: takeOut(entries, 'End what writes it there'),
      },
    ];
  },
});
