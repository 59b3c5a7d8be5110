import { defineCheck } from '../../check.ts';
import { putAway } from '../../distributions/keep.ts';

export default defineCheck({
  id: 'manifest-not-alone',
  title: 'only one file in the manifest directory runs kube-apiserver',
  severity: 'warning',
  modes: ['F34'],
  scope: 'apiserver',
  needs: ['duplicateManifests', 'flags'],
  explain: {
    looksAt: "whether another file in the manifest's directory also runs kube-apiserver",
    why: 'kubelet loads every file whose name does not begin with a dot, including backups. Of two Pods with the same name it runs one, and not always the same one.',
    kubernetes: 'No error is logged. Old flags come back, or kube-apiserver restarts repeatedly because two Pods compete for one port.',
    repair: 'Move the other file out of the directory.',
    mirrors: 'kubernetes/kubernetes, pkg/kubelet/config/file.go, v1.37.2 (kubernetes/kubeadm#2823)',
  },
  run({ duplicateManifests, flags }) {
    if (flags.origin !== 'manifest') return null;
    return duplicateManifests.flatMap((twin) =>
      'file' in twin
        ? [
            {
              message: `kubelet may run kube-apiserver with flags that are not in its manifest: \`${twin.file}\` in the same directory also runs kube-apiserver.`,
              at: twin,
              evidence: ['kubelet loads every file in this directory whose name does not begin with a dot'],
              fix: { text: 'Move the file out of the directory:', commands: [putAway(twin.file, `/root/${twin.file.split('/').at(-1)}`)] },
            },
          ]
        : [],
    );
  },
});
