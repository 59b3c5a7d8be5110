import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

export default defineCheck({
  id: 'flag-not-in-kubeadm-config',
  title: "kubeadm's configuration holds every flag that the manifest has",
  severity: 'warning',
  modes: ['F36'],
  scope: 'apiserver',
  needs: ['flags', 'kubeadmConfig', 'upgrade'],
  explain: {
    looksAt:
      'with `--target-version`: the flags of the manifest, against those that kubeadm writes by itself and `apiServer.extraArgs` of ConfigMap kube-system/kubeadm-config',
    why: '`kubeadm upgrade` writes the manifest anew from its configuration: what was edited by hand is gone then, on one node after the other.',
    kubernetes:
      'kubeadm says nothing of it; it keeps the old manifest in /etc/kubernetes/tmp. Patches given by `--patches` are applied again when they are given again.',
    repair: 'Put the flags into `apiServer.extraArgs` of ConfigMap kubeadm-config, or into the patches that each upgrade is given.',
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
        )}: ConfigMap \`kube-system/kubeadm-config\` does not have what this manifest says.`,
        at: first.at,
        evidence: lost.map(({ name, value }) => {
          const later = becomes(name);
          return `--${name}=${value} ${later === undefined || later === null ? 'goes' : `becomes ${later}`}`;
        }),
        fix: {
          text: 'Put what is to stay into `apiServer.extraArgs` of the ClusterConfiguration; nothing restarts by that. Patches that each upgrade is given (`--patches`) keep it as well.',
          commands: ['kubectl -n kube-system edit configmap kubeadm-config'],
        },
        since: upgrade.to,
        latent: true,
      },
    ];
  },
});
