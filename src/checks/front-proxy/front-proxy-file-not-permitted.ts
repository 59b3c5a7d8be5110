import { defineCheck } from '../../check.ts';
import type { Ownership, ProcessIdentity } from '../../model.ts';
import { sh } from '../../sh.ts';

/** Permission bits only: ACLs and SELinux are not visible. */
function mayRead({ uid, gids }: ProcessIdentity, file: Ownership): boolean {
  const bits = Number.parseInt(file.mode, 8);
  if (uid === 0) return true;
  if (uid === file.uid) return (bits & 0o400) !== 0;
  return gids.includes(file.gid) ? (bits & 0o040) !== 0 : (bits & 0o004) !== 0;
}

export default defineCheck({
  id: 'front-proxy-file-not-permitted',
  title: 'kube-apiserver may read the front-proxy files',
  severity: 'error',
  modes: ['F33'],
  scope: 'apiserver',
  needs: ['nodeFiles', 'proxyClientCert', 'proxyClientKey', 'requestheaderCa'],
  causes: { signatures: ['exits-by-denied-file'] },
  explain: {
    looksAt:
      "mode, owner and group of the files in the front-proxy flags, compared with the Pod's runAsUser, runAsGroup, fsGroup and supplementalGroups",
    why: 'kube-apiserver exits at its start if it may not read one of them. Renewal tools often write keys as root, with mode 0600.',
    kubernetes: 'kube-apiserver exits: `open PATH: permission denied`.',
    repair: "Change the file's group to one of the Pod's groups, with mode 0640.",
    mirrors:
      'k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2; kubernetes/kubernetes, cmd/kubeadm/app/util/staticpod/utils.go, v1.37.2',
  },
  run({ nodeFiles, proxyClientCert, proxyClientKey, requestheaderCa }) {
    const files = [proxyClientCert, requestheaderCa, proxyClientKey].flatMap((file) =>
      file?.answer && 'mode' in file.answer ? [{ ...file, owner: file.answer }] : [],
    );
    if (files.length === 0) return null;
    return files
      .filter(({ owner }) => !mayRead(nodeFiles, owner))
      .map(({ flag, path, hostPath, at, owner }) => ({
        message: `kube-apiserver cannot start: it runs as uid ${nodeFiles.uid}, which may not read \`${path}\` in \`--${flag.name}\`.`,
        at,
        evidence: [
          `mode ${owner.mode}, owner ${owner.uid}, group ${owner.gid}; the process has groups ${nodeFiles.gids.join(', ')}`,
          `kube-apiserver exits with \`open ${path}: permission denied\``,
        ],
        fix: {
          text: 'Let only a group of the Pod read the file:',
          commands: [sh`chgrp ${nodeFiles.gids.at(-1) ?? 'GROUP'} ${hostPath ?? path}`, sh`chmod 0640 ${hostPath ?? path}`],
        },
      }));
  },
});
