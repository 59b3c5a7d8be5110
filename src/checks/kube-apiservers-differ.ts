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

/** What would explain it: a header that is not the standard one, or names that have none in common. */
const causesOf = ({ name, groups: [one, other] }: Difference): readonly string[] => {
  if (name === 'requestheader-username-headers') return ['username-headers-missing'];
  if (name === 'requestheader-group-headers') return ['group-headers-missing'];
  const names = one.flag?.list ?? [];
  const apart = names.length > 0 && other.flag?.list.length && !other.flag.list.some((each) => names.includes(each));
  return name === 'requestheader-allowed-names' && apart ? ['allowed-names-exclude-cn'] : [];
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
      const at = odd.flag?.at ?? odd.flags.at;
      const change = `${usual.flag ? `set --${name}=${usual.flag.value}` : `take --${name} away`}, as on ${list(usual.nodes)}`;
      const file = groups.map((group) => group.flags.at).find((place) => 'file' in place);
      const latent = isPublished(name) && groups.every(({ meaning }) => meaning !== '');
      return {
        message: `${consequence(difference)}: \`--${name}\` is ${odd.shown} on ${list(odd.nodes)} and ${usual.shown} on ${list(usual.nodes)}.`,
        at,
        evidence: groups.map(({ nodes, shown, flags }) => `${list(nodes)}: ${shown} (${flags.origin})`),
        fix: majority
          ? { text: `On ${list(odd.nodes)}, ${change}${file ? ':' : '.'}`, commands: editManifest(file ?? at, change).commands ?? [] }
          : { text: `Choose one value of \`--${name}\`, and set it on every control-plane node, one after the other.` },
        explainedBy: causesOf(difference),
        ...(latent && { latent }),
      };
    });
  },
});
