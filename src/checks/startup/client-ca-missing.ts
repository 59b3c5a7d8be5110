import { defineCheck } from '../../check.ts';
import { editManifest } from '../../distributions/fixes.ts';
import { clientCaFile } from '../../distributions/places.ts';

export default defineCheck({
  id: 'client-ca-missing',
  title: "kube-apiserver is given the CA of its users' certificates",
  severity: 'error',
  modes: ['F28'],
  scope: 'apiserver',
  needs: ['flags'],
  wants: ['distribution'],
  explain: {
    looksAt: 'whether `--client-ca-file` is set',
    why: 'Without it no client certificate is accepted: not those of kubelets, controllers and administrators, and not in extension servers, which learn the CA from kube-apiserver.',
    kubernetes:
      'kube-apiserver starts, and answers every client certificate with 401. The key `client-ca-file` is missing in ConfigMap `extension-apiserver-authentication` once it is written anew.',
    repair: 'Set `--client-ca-file`.',
    mirrors: 'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust, v1.37.2',
  },
  run({ flags, distribution }) {
    const flag = flags.byName['client-ca-file'];
    if (flag?.value) return [];
    return [
      {
        message: `kube-apiserver answers every client certificate with 401, those of kubelets and administrators included: \`--client-ca-file\` is ${flag ? 'empty' : 'not set'}.`,
        at: flag?.at ?? flags.at,
        evidence: ['extension servers take no client certificate of a user either, once the ConfigMap is written anew'],
        fix: editManifest(flags.at, `Set --client-ca-file=${clientCaFile(distribution)}`, distribution),
      },
    ];
  },
});
