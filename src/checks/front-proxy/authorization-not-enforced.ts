import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'authorization-not-enforced',
  title: 'kube-apiserver does not allow every request',
  severity: 'info',
  modes: ['F27'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  explain: {
    looksAt: '`--authorization-mode`: whether it is AlwaysAllow, or absent without `--authorization-config`',
    why: 'Extension servers ask kube-apiserver what a user may do; it answers yes to everything.',
    kubernetes:
      'kube-apiserver logs `AnonymousAuth is not allowed with the AlwaysAllow authorizer. Resetting AnonymousAuth to false.` and starts.',
    repair: 'Set `--authorization-mode=Node,RBAC` once the roles are there.',
    mirrors: 'kubernetes/kubernetes, pkg/kubeapiserver/options/authorization.go, v1.37.2',
  },
  run({ flags, distribution }) {
    const flag = flags.byName['authorization-mode'];
    if (flags.byName['authorization-config']?.value) return null;
    const modes = flag?.value.split(',').map((mode) => mode.trim()) ?? ['AlwaysAllow'];
    if (!modes.includes('AlwaysAllow')) return [];
    return [
      {
        message: `Every user may do everything, in every extension server too: \`--authorization-mode\` ${flag ? `is \`${flag.value}\`` : 'is not set, and AlwaysAllow is the default'}.`,
        at: flag?.at ?? flags.at,
        evidence: ['microk8s without its RBAC add-on runs so by design'],
        fix: editManifest(flag?.at ?? flags.at, 'Set --authorization-mode=Node,RBAC once the roles that are needed exist', distribution),
      },
    ];
  },
});
