import { defineCheck } from '../../check.ts';
import type { Command, Ownership, ProcessIdentity } from '../../model.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'front-proxy-key-not-private',
  title: 'only kube-apiserver may read the front-proxy key',
  severity: 'warning',
  modes: ['P18'],
  scope: 'apiserver',
  needs: ['nodeFiles', 'proxyClientKey'],
  explain: {
    looksAt: 'the permission bits for others on the file in `--proxy-client-key-file`; owner and group are left to the distribution',
    why: 'Anyone who reads this key can act as any user in every extension API server and in kube-apiserver itself. The key cannot be revoked: only a new CA ends its power.',
    kubernetes: 'kube-apiserver does not check the mode. kubeadm writes keys with 0600.',
    repair:
      "Remove the permissions for others, but keep kube-apiserver's own. If untrusted people had a shell on the node, create a new front-proxy CA.",
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/util/pkiutil/pki_helpers.go (WriteKey, 0600), v1.37.2',
  },
  run({ nodeFiles, proxyClientKey }) {
    if (!proxyClientKey?.answer || !('mode' in proxyClientKey.answer)) return null;
    const owner = proxyClientKey.answer;
    const path = proxyClientKey.hostPath ?? proxyClientKey.path;
    const others = Number.parseInt(owner.mode, 8) & 0o006;
    if (others === 0) return [];
    return [
      {
        message: `Every process on this node may ${others & 0o004 ? 'read' : 'overwrite'} the front-proxy key \`${path}\`, unless a directory above it is closed. With that key it can act as any user.`,
        at: proxyClientKey.at,
        evidence: [`mode ${owner.mode}, owner ${owner.uid}, group ${owner.gid}; kube-apiserver runs as uid ${nodeFiles.uid}`],
        fix: {
          text: 'As root on this node, remove the permissions for others; kube-apiserver can still read the key:',
          commands: closing(nodeFiles, owner, path),
        },
      },
    ];
  },
});

/** kube-apiserver may depend on the permissions for others: its group gets them instead. */
function closing({ uid, gids }: ProcessIdentity, owner: Ownership, path: string): readonly Command[] {
  if (uid === 0 || uid === owner.uid) return [sh`chmod 0600 ${path}`];
  return [...(gids.includes(owner.gid) ? [] : [sh`chgrp ${gids.at(-1) ?? 'GROUP'} ${path}`]), sh`chmod 0640 ${path}`];
}
