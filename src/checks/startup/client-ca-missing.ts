import { defineCheck } from '../../check.ts';
import { editFlag } from '../../distributions/fixes.ts';
import { clientCaFile } from '../../distributions/places.ts';

export default defineCheck({
  id: 'client-ca-missing',
  title: 'kube-apiserver has a client CA',
  severity: 'error',
  modes: ['F28'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  causes: { signatures: ['configmap-lacks-client-ca'] },
  explain: {
    looksAt: 'whether `--client-ca-file` is set',
    why: 'Without it no client certificate is accepted, not even from kubelets, controllers and administrators. Extension API servers accept none either, because they get the CA from kube-apiserver.',
    kubernetes:
      'kube-apiserver starts, and answers every client certificate with 401. Once ConfigMap `extension-apiserver-authentication` is recreated, its key `client-ca-file` is missing.',
    repair: 'Set `--client-ca-file`.',
    mirrors: 'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust, v1.37.2',
  },
  run({ flags, distribution }) {
    const flag = flags.byName['client-ca-file'];
    if (flag?.value) return [];
    return [
      {
        message: `kube-apiserver rejects every client certificate with 401, including those of kubelets and administrators: \`--client-ca-file\` is ${flag ? 'empty' : 'not set'}.`,
        at: flag?.at ?? flags.at,
        evidence: ['once the ConfigMap is recreated, extension API servers reject client certificates of users too'],
        fix: editFlag(flags.at, `Set --client-ca-file=${clientCaFile(distribution)}`, distribution),
      },
    ];
  },
});
