import { defineCheck } from '../../check.ts';
import { removeFlags } from '../../distributions/fixes.ts';
import { isUpstreamBuild } from '../../distributions/places.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'flag-unknown-after-upgrade',
  title: 'the target version knows every flag',
  severity: 'warning',
  modes: ['F37'],
  scope: 'apiserver',
  needs: ['flags', 'upgrade', 'distribution'],
  judges: ['cloud-flags-gone'],
  explain: {
    looksAt:
      'the flags, compared with those removed up to `--target-version`, or up to the next version that breaks something; not checked for distributions with their own build',
    why: 'kube-apiserver does not start with a flag that the new version does not know, so the upgrade stops on the first control-plane node.',
    kubernetes: 'kube-apiserver exits at once with `Error: unknown flag: --NAME`.',
    repair: 'Remove the flag before the upgrade; with kubeadm, also from its configuration.',
    mirrors: 'kubernetes/kubernetes, CHANGELOG-1.33.md (kubernetes/kubernetes#130162)',
  },
  run({ flags, upgrade, distribution }) {
    if (!upgrade || !isUpstreamBuild(distribution)) return null;
    return upgrade.rules.flatMap(({ minor, gone = [] }) => {
      const lost = gone.flatMap((name) => flags.byName[name] ?? []);
      const [first] = lost;
      if (!first) return [];
      const names = lost.map(({ name }) => `--${name}`);
      return [
        {
          message: `kube-apiserver will not start after the upgrade: 1.${minor} does not know ${list(names.map((name) => `\`${name}\``))}.`,
          at: first.at,
          evidence: names.map((name) => `1.${minor} exits with \`Error: unknown flag: ${name}\``),
          fix: removeFlags(first.at, list(names), distribution),
          since: minor,
          latent: true,
        },
      ];
    });
  },
});
