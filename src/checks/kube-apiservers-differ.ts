import { defineCheck } from '../model.ts';
import { editManifest } from '../repairs.ts';
import { list } from '../wording.ts';
import { type Difference, differences, isPublished } from './_by-node.ts';

/** What a difference does: of what is published the ConfigMap holds the union, which an empty list of names is no part of. */
const consequence = ({ name, groups }: Difference): string => {
  if (name === 'requestheader-allowed-names' && groups.some(({ meaning }) => meaning === ''))
    return 'An empty list of names, which allows every name, is taken away by the other kube-apiservers, whose names alone the ConfigMap holds';
  if (isPublished(name))
    return 'What extension servers accept depends on which kube-apiservers run, for the ConfigMap holds what all of them name';
  return 'Users of aggregated APIs get other results by the kube-apiserver that they happen to reach';
};

export default defineCheck({
  id: 'kube-apiservers-differ',
  title: 'all kube-apiservers have the same flags of the aggregation layer',
  severity: 'warning',
  scope: 'cluster',
  needs: ['flags'],
  explainedBy: ['allowed-names-exclude-cn', 'username-headers-missing', 'group-headers-missing'],
  explain: {
    looksAt: "the aggregation layer's flags of each kube-apiserver, lists as sets; not the paths of files, of which each node has its own",
    why: 'A load balancer sends each request to any of them: what only one does comes and goes without a pattern.',
    kubernetes:
      'No kube-apiserver compares itself with another. Names and headers of all of them become one union in ConfigMap extension-apiserver-authentication; a kube-apiserver with an empty list of names adds nothing to it.',
    repair: 'Give every kube-apiserver the same value, one node after the other.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combineUniqueStringSlices), v1.37.2',
  },
  run({ flags }) {
    if (flags.length < 2) return null;
    return differences(flags).map((difference) => {
      const { name, groups, majority } = difference;
      const [usual, odd] = groups;
      const told = groups.map(({ nodes, shown }) => `${shown} on ${list(nodes)}`);
      const latent = isPublished(name) && groups.every(({ meaning }) => meaning !== '');
      const set = usual.flag ? `Set --${name}=${usual.flag.value}` : `Take --${name} away`;
      return {
        message: `${consequence(difference)}: \`--${name}\` is ${[...told].reverse().join(', ')}.`,
        at: odd.flag?.at ?? odd.flags.at,
        evidence: told,
        fix: majority
          ? editManifest(odd.flags.at, `${set}, as on ${list(usual.nodes)}`)
          : { text: `Choose one value of \`--${name}\`, and set it on every control-plane node, one after the other.` },
        ...(latent && { latent }),
      };
    });
  },
});
