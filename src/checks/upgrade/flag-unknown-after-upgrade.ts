import { defineCheck } from '../../check.ts';
import { removeFlags } from '../../distributions/fixes.ts';
import { isUpstreamBuild } from '../../distributions/places.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'flag-unknown-after-upgrade',
  title: 'the version to upgrade to knows every flag',
  severity: 'warning',
  modes: ['F37'],
  scope: 'apiserver',
  needs: ['flags', 'upgrade', 'distribution'],
  explain: {
    looksAt:
      'the flags against those that go on the way to `--target-version`, or to the next version that breaks something; those of a distribution with a build of its own are left to it',
    why: 'A flag that the new version does not know keeps kube-apiserver from starting, and the upgrade stops on the first control-plane node.',
    kubernetes: 'kube-apiserver exits at once with `Error: unknown flag: --NAME`.',
    repair: 'Take the flag away before the upgrade: where kubeadm runs, from its configuration as well.',
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
