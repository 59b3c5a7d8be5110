import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'authorization-not-enforced',
  title: 'kube-apiserver authorizes requests',
  severity: 'info',
  modes: ['F27'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  explain: {
    looksAt: 'whether `--authorization-mode` is AlwaysAllow, or is not set without `--authorization-config`',
    why: 'Extension API servers ask kube-apiserver what a user may do, and it allows everything.',
    kubernetes:
      'kube-apiserver logs `AnonymousAuth is not allowed with the AlwaysAllow authorizer. Resetting AnonymousAuth to false.` and starts.',
    repair: 'Set `--authorization-mode=Node,RBAC` once the roles exist.',
    mirrors: 'kubernetes/kubernetes, pkg/kubeapiserver/options/authorization.go, v1.37.2',
  },
  run({ flags, distribution }) {
    const flag = flags.byName['authorization-mode'];
    if (flags.byName['authorization-config']?.value) return null;
    const modes = flag?.value.split(',').map((mode) => mode.trim()) ?? ['AlwaysAllow'];
    if (!modes.includes('AlwaysAllow')) return [];
    return [
      {
        message: `Every user may do everything, including in every extension API server: \`--authorization-mode\` ${flag ? `is \`${flag.value}\`` : 'is not set, and AlwaysAllow is the default'}.`,
        at: flag?.at ?? flags.at,
        evidence: ['MicroK8s without its RBAC add-on is configured like this by default'],
        fix: editFlag(flag?.at ?? flags.at, 'Set --authorization-mode=Node,RBAC once the required roles exist', distribution),
      },
    ];
  },
});
