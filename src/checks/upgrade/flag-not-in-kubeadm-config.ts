import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'flag-not-in-kubeadm-config',
  title: "kubeadm's configuration contains every flag in the manifest",
  severity: 'warning',
  modes: ['F36'],
  scope: 'apiserver',
  needs: ['flags', 'kubeadmConfig', 'upgrade'],
  explain: {
    looksAt:
      "with `--target-version`: the flags in the manifest, compared with kubeadm's own and with `apiServer.extraArgs` in ConfigMap kube-system/kubeadm-config",
    why: '`kubeadm upgrade` regenerates the manifest from its configuration: manual edits are lost, on one node after the other.',
    kubernetes:
      'kubeadm does not warn; it keeps the old manifest in /etc/kubernetes/tmp. It applies patches again only if `--patches` is set again.',
    repair: 'Add the flags to `apiServer.extraArgs` in ConfigMap kubeadm-config, or to the patches of every upgrade.',
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/phases/controlplane/manifests.go, v1.37.2',
  },
  run({ flags, kubeadmConfig, upgrade }) {
    if (!kubeadmConfig || !upgrade) return null;
    const { extraArgs, written } = kubeadmConfig;
    const given = (name: string) => extraArgs.filter((one) => one.name === name).map(({ value }) => value);
    const kept = ({ name, value }: (typeof flags.byName)[string]) =>
      given(name).length > 0 ? given(name).join(',') === value : name in written && (written[name] ?? value) === value;
    const lost = Object.values(flags.byName).filter((flag) => !kept(flag));
    const [first] = lost;
    if (!first) return [];
    const becomes = (name: string) => (given(name).length > 0 ? given(name).join(',') : written[name]);
    return [
      {
        message: `The next \`kubeadm upgrade\` undoes ${list(
          lost.map(({ name }) => `\`--${name}\``),
          { most: 4 },
        )}: ConfigMap \`kube-system/kubeadm-config\` does not contain what this manifest sets.`,
        at: first.at,
        evidence: lost.map(({ name, value }) => {
          const later = becomes(name);
          return `--${name}=${value} ${later === undefined || later === null ? 'is removed' : `becomes ${later}`}`;
        }),
        fix: {
          text: 'Add the flags that you want to keep to `apiServer.extraArgs` in the ClusterConfiguration, or pass them as patches (`--patches`) to every upgrade. Editing the ConfigMap restarts nothing:',
          commands: [sh`kubectl -n kube-system edit configmap kubeadm-config`],
        },
        since: upgrade.to,
        latent: true,
      },
    ];
  },
});
