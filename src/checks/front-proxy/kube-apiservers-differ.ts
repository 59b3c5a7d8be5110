import { type AllFacts, defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';
import { list } from '../../format.ts';
import type { Fix, Place } from '../../model.ts';
import { type Difference, differences, isPublished } from './flag-differences.ts';

/** What a difference does: of what is published the ConfigMap holds the union, to which an empty list of names adds nothing. */
const sentence = ({ name, groups: [usual, odd] }: Difference): string => {
  const values = `\`--${name}\` is ${odd.shown} on ${list(odd.nodes)} and ${usual.shown} on ${list(usual.nodes)}`;
  const open = [odd, usual].find(({ meaning }) => meaning === '');
  if (name === 'requestheader-allowed-names' && open)
    return `Extension servers accept from ${list(open.nodes)} only names that the other kube-apiservers set, for an empty list means any name only while all are empty: ${values}.`;
  if (isPublished(name))
    return `What extension servers accept changes with the kube-apiservers that run, for they go by what all of these set: ${values}.`;
  return `Users of aggregated APIs get other results by the kube-apiserver that they happen to reach: ${values}.`;
};

/** What has a cause of its own: a header that is not the standard one, or names that have none in common. */
const aspects = ['requestheader-username-headers', 'requestheader-group-headers', 'requestheader-allowed-names'];
const aspectOf = ({ name, groups: [one, other] }: Difference): string | undefined => {
  const names = one.flag?.list ?? [];
  const apart = names.length > 0 && other.flag?.list.length && !other.flag.list.some((each) => names.includes(each));
  return aspects.includes(name) && (name !== 'requestheader-allowed-names' || apart) ? name : undefined;
};

const manifestOf = ({ groups }: Difference): Place =>
  groups.map(({ flags }) => flags.at).find((place) => 'file' in place) ?? groups[0].flags.at;

/** Nothing that is accepted now may stop being so: the value for all is the union, with the common names that are known to be presented. */
type Distribution = AllFacts['distribution'] | undefined;

const setUnion = (difference: Difference, commonNames: readonly string[], distribution: Distribution): Fix => {
  const { name, groups } = difference;
  const isNames = name === 'requestheader-allowed-names';
  const union = [...new Set([...groups.flatMap(({ flag }) => flag?.list ?? []), ...(isNames ? commonNames : [])])].join(',');
  const { text, commands = [] } = editManifest(manifestOf(difference), `Set --${name}=${union}`, distribution);
  const more = isNames ? "Give all the same list, with the common name of every node's front-proxy certificate in it. " : '';
  return { text: `${more}${text}`, commands };
};

const setUsual = (difference: Difference, distribution: Distribution): Fix => {
  const { name, groups, majority } = difference;
  const [usual, odd] = groups;
  if (!majority) return { text: `Choose one value of \`--${name}\`, and set it on every control-plane node, one after the other.` };
  const change = `${usual.flag ? `set --${name}=${usual.flag.value}` : `take --${name} away`}, as on ${list(usual.nodes)}`;
  const { commands = [] } = editManifest(manifestOf(difference), change, distribution);
  return { text: `On ${list(odd.nodes)}, ${change}${commands.length > 0 ? ':' : '.'}`, commands };
};

export default defineCheck({
  id: 'kube-apiservers-differ',
  title: 'all kube-apiservers have the same flags of the aggregation layer',
  severity: 'warning',
  modes: ['M05', 'G01'],
  scope: 'cluster',
  needs: ['flags'],
  wants: ['proxyClientCert', 'distribution'],
  causes: { symptoms: ['apiservice-flaps/flags-differ', 'configmap-names-exclude-cn'] },
  aspects,
  explain: {
    looksAt: "the aggregation layer's flags of each kube-apiserver, lists as sets; not the paths of files, of which each node has its own",
    why: 'A load balancer sends each request to any of them: what only one does comes and goes without a pattern.',
    kubernetes:
      'No kube-apiserver compares itself with another. Names and headers of all of them become one union in ConfigMap extension-apiserver-authentication; a kube-apiserver with an empty list of names adds nothing to it.',
    repair:
      'Give every kube-apiserver the same value, one node after the other; of names and headers the union of all, with the common name of every front-proxy certificate.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go (combineUniqueStringSlices), v1.37.2',
  },
  run({ flags, proxyClientCert = [], distribution }) {
    if (flags.length < 2) return null;
    const commonNames = proxyClientCert.flatMap(({ observed }) => (observed.ok ? (observed.value?.certificates[0]?.commonName ?? []) : []));
    return differences(flags).map((difference) => {
      const { name, groups } = difference;
      const [, odd] = groups;
      const aspect = aspectOf(difference);
      const latent = isPublished(name) && groups.every(({ meaning }) => meaning !== '');
      return {
        message: sentence(difference),
        at: odd.flag?.at ?? odd.flags.at,
        evidence: groups.map(({ nodes, shown, flags }) => `${list(nodes)}: ${shown} (${flags.origin})`),
        fix: isPublished(name) ? setUnion(difference, commonNames, distribution) : setUsual(difference, distribution),
        ...(aspect && { aspect }),
        ...(latent && { latent }),
      };
    });
  },
});
