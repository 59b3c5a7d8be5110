import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'manifest-not-alone',
  title: 'one file of the manifest folder runs kube-apiserver',
  severity: 'warning',
  modes: ['F34'],
  scope: 'apiserver',
  needs: ['manifestTwins', 'flags'],
  explain: {
    looksAt: "the other files of the manifest's folder: whether one of them runs kube-apiserver as well",
    why: 'kubelet loads every file whose name does not begin with a dot, backups included. Of two Pods of one name it runs one, not always the same.',
    kubernetes: 'No error. Old flags come back, or kube-apiserver restarts again and again, as two Pods fight for one port.',
    repair: 'Move the other file out of the folder.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/config/file.go, v1.37.2 (kubernetes/kubeadm#2823)',
  },
  run({ manifestTwins, flags }) {
    if (flags.origin !== 'manifest') return null;
    return manifestTwins.flatMap((twin) =>
      'file' in twin
        ? [
            {
              message: `kubelet may run kube-apiserver with other flags than its manifest's: \`${twin.file}\` in the same folder runs kube-apiserver as well.`,
              at: twin,
              evidence: ['kubelet loads every file of this folder whose name does not begin with a dot'],
              fix: { text: 'Move it out of the folder:', commands: [`mv ${twin.file} /root/`] },
            },
          ]
        : [],
    );
  },
});
