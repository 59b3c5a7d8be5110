import { type AllFacts, defineCheck } from '../../check.ts';
import { writeCsv } from '../../csv.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { isFrontProxyName } from '../../distributions/front-proxy-name.ts';
import { list } from '../../format.ts';
import type { Fix, Place } from '../../model.ts';
import { type Difference, differences, isPublished } from './flag-differences.ts';

/** The effect of a difference. The ConfigMap publishes the union of all values, to which an empty list of names adds nothing. */
const sentence = ({ name, groups: [usual, odd] }: Difference): string => {
  const values = `\`--${name}\` is ${odd.shown} on ${list(odd.nodes)} and ${usual.shown} on ${list(usual.nodes)}`;
  const open = [odd, usual].find(({ meaning }) => meaning === '');
  if (name === 'requestheader-allowed-names' && open)
    return `Extension API servers accept from ${list(open.nodes)} only names that other kube-apiservers set, because an empty list means any name only if all are empty: ${values}.`;
  if (isPublished(name))
    return `What extension API servers accept depends on which kube-apiservers run, because they publish their values together: ${values}.`;
  return `Users of aggregated APIs get different results from different kube-apiservers: ${values}.`;
};

/** Differences with a cause of their own: a nonstandard header, or lists of names with none in common. */
const aspects = ['requestheader-username-headers', 'requestheader-group-headers', 'requestheader-allowed-names'];
const aspectOf = ({ name, groups: [one, other] }: Difference): string | undefined => {
  const names = one.flag?.list ?? [];
  const apart = names.length > 0 && other.flag?.list.length && !other.flag.list.some((each) => names.includes(each));
  return aspects.includes(name) && (name !== 'requestheader-allowed-names' || apart) ? name : undefined;
};

const manifestOf = ({ groups }: Difference): Place =>
  groups.map(({ flags }) => flags.at).find((place) => 'file' in place) ?? groups[0].flags.at;

type Distribution = AllFacts['distribution'] | undefined;

/** Sets the union of all values, with the known common names, so that everything accepted now stays accepted. */
const setUnion = (difference: Difference, commonNames: readonly string[], distribution: Distribution): Fix => {
  const { name, groups } = difference;
  const isNames = name === 'requestheader-allowed-names';
  const values = [...groups.flatMap(({ flag }) => flag?.list ?? []), ...(isNames ? commonNames.filter(isFrontProxyName) : [])];
  const union = writeCsv([...new Set(values.filter((value) => value !== ''))]);
  const { text, commands = [] } = editFlag(manifestOf(difference), `Set --${name}=${union}`, distribution);
  const more = isNames ? "Use the same list everywhere, including the common name of every node's front-proxy certificate. " : '';
  return { text: `${more}${text}`, commands };
};

const setUsual = (difference: Difference, distribution: Distribution): Fix => {
  const { name, groups, majority } = difference;
  const [usual, odd] = groups;
  if (!majority) return { text: `Choose one value for \`--${name}\`, and set it on every control-plane node, one after the other.` };
  const change = `${usual.flag ? `set --${name}=${usual.flag.value}` : `remove --${name}`}, as on ${list(usual.nodes)}`;
  const { commands = [] } = editFlag(manifestOf(difference), change, distribution);
  return { text: `On ${list(odd.nodes)}, ${change}${commands.length > 0 ? ':' : '.'}`, commands };
};

export default defineCheck({
  id: 'kube-apiservers-differ',
  title: 'all kube-apiservers have the same aggregation layer flags',
  severity: 'warning',
  modes: ['M05', 'G01'],
  scope: 'cluster',
  needs: ['flags'],
  wants: ['proxyClientCert', 'distribution'],
  causes: { symptoms: ['apiservice-flaps/flags-differ', 'configmap-names-exclude-cn'] },
  aspects,
  explain: {
    looksAt:
      "the aggregation layer's flags of each kube-apiserver, with lists compared as sets; not the file paths, which may differ between nodes",
    why: 'A load balancer sends each request to any of them: a fault of only one fails requests without a pattern.',
    kubernetes:
      'kube-apiservers do not compare their flags. ConfigMap extension-apiserver-authentication contains the union of all names and headers; a kube-apiserver with an empty list of names adds nothing to it.',
    repair:
      'Set the same value on every kube-apiserver, one node after the other. For names and headers, set the union of all, including the common name of every front-proxy certificate.',
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
