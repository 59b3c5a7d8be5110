import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'anonymous-auth-not-accepted',
  title: 'anonymous authentication is configured in only one place',
  severity: 'error',
  modes: ['F26'],
  scope: 'apiserver',
  needs: ['flags', 'authenticationConfig'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-anonymous-auth'] },
  explain: {
    looksAt: '`--anonymous-auth`, and the field `anonymous` of the file in `--authentication-config`',
    why: 'kube-apiserver accepts only one of the two, whatever their values.',
    kubernetes:
      'kube-apiserver exits: `anonymous: Forbidden: --anonymous-auth flag cannot be set when anonymous field is configured in authentication configuration file`.',
    repair: 'Remove the flag; the file can say more.',
    mirrors: 'kubernetes/kubernetes, pkg/kubeapiserver/options/authentication.go, v1.37.2',
  },
  run({ flags, authenticationConfig, distribution }) {
    const flag = flags.byName['anonymous-auth'];
    if (!authenticationConfig) return null;
    if (!flag || !authenticationConfig.anonymous) return [];
    return [
      {
        message: 'kube-apiserver cannot start: `--anonymous-auth` is set, and the file in `--authentication-config` also sets `anonymous`.',
        at: flag.at,
        evidence: [
          `\`anonymous\` is set in ${'file' in authenticationConfig.at ? authenticationConfig.at.file : 'the file'}`,
          'kube-apiserver exits with `anonymous: Forbidden: --anonymous-auth flag cannot be set when anonymous field is configured in authentication configuration file`',
        ],
        fix: editFlag(flag.at, 'Remove --anonymous-auth', distribution),
      },
    ];
  },
});
