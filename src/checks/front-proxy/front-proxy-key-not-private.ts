import { defineCheck } from '../../check.ts';
import type { Ownership, ProcessIdentity } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-key-not-private',
  title: 'only kube-apiserver may read the front-proxy key',
  severity: 'warning',
  modes: ['P18'],
  scope: 'apiserver',
  needs: ['nodeFiles', 'proxyClientKey'],
  explain: {
    looksAt: 'the permission bits for others of the file in `--proxy-client-key-file`; owner and group are as the distribution likes them',
    why: 'Who reads this key can name any user to every extension server and to kube-apiserver itself. Nothing revokes it: only another CA ends that.',
    kubernetes: 'kube-apiserver does not look at the mode. kubeadm writes keys with 0600.',
    repair:
      'Take the rights of others away, and leave kube-apiserver its own. If strangers had a shell on the node, make a new front-proxy CA.',
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/util/pkiutil/pki_helpers.go (WriteKey, 0600), v1.37.2',
  },
  run({ nodeFiles, proxyClientKey }) {
    const owner = proxyClientKey?.answer;
    if (!proxyClientKey || !owner || !('mode' in owner)) return null;
    const path = proxyClientKey.hostPath ?? proxyClientKey.path;
    const others = Number.parseInt(owner.mode, 8) & 0o006;
    if (others === 0) return [];
    return [
      {
        message: `Every process on this node may ${others & 0o004 ? 'read' : 'overwrite'} the front-proxy key \`${path}\`, as far as the folders above let it; with that key one can act as any user.`,
        at: proxyClientKey.at,
        evidence: [`mode ${owner.mode}, owner ${owner.uid}, group ${owner.gid}; kube-apiserver runs as uid ${nodeFiles.uid}`],
        fix: { text: 'On this node, as root; kube-apiserver goes on reading it:', commands: closing(nodeFiles, owner, path) },
      },
    ];
  },
});

/** kube-apiserver may have lived on the rights of others: its group gets them then. */
function closing({ uid, gids }: ProcessIdentity, owner: Ownership, path: string): readonly string[] {
  if (uid === 0 || uid === owner.uid) return [`chmod 0600 ${path}`];
  return [...(gids.includes(owner.gid) ? [] : [`chgrp ${gids.at(-1)} ${path}`]), `chmod 0640 ${path}`];
}
