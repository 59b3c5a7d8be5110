import { defineCheck } from '../check.ts';
import { list } from '../format.ts';
import { nameOf } from '../manifests/name.ts';
import { accountable, withoutBindings } from './accounts.ts';

export default defineCheck({
  id: 'reader-binding-missing',
  title: 'the extension API server may read ConfigMap extension-apiserver-authentication',
  severity: 'error',
  modes: [],
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'delegation', 'manifests'],
  explain: {
    looksAt:
      "in manifests: whether the roles bound to the ServiceAccount of the extension API server's pods let it get, list and watch ConfigMap kube-system/extension-apiserver-authentication",
    why: 'The ConfigMap says how to recognize kube-apiserver. Without it an extension API server cannot authenticate its users, and exits when it starts.',
    kubernetes:
      'The extension API server logs `Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by …` and exits; the APIService is `False`, `MissingEndpoints`.',
    repair:
      'Add a RoleBinding in namespace kube-system that binds Role extension-apiserver-authentication-reader to the ServiceAccount. In another namespace it has no effect.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authentication.go (lookup of the ConfigMap), v0.37.2',
  },
  run({ apiService, delegation, manifests }) {
    if (!delegation) return null;
    const workload = accountable(apiService, delegation, manifests);
    const { account, configMapVerbsMissing: missing, misplaced } = delegation;
    if (!workload || missing.length === 0) return [];
    const { evidence, ...severity } = withoutBindings(manifests);
    const isHalf = !missing.includes('get');
    return [
      {
        message: isHalf
          ? `The extension API server \`${apiService.service.namespace}/${apiService.service.name}\` sees every user as \`system:anonymous\`: ServiceAccount \`${account}\` may not ${list(missing, { word: 'or' })} ConfigMap \`extension-apiserver-authentication\`.`
          : `The extension API server \`${apiService.service.namespace}/${apiService.service.name}\` exits when it starts: ServiceAccount \`${account}\` may not read ConfigMap \`extension-apiserver-authentication\`.`,
        at: { object: nameOf(workload.object), field: `${workload.field}.serviceAccountName` },
        evidence: [
          ...evidence,
          ...(misplaced.length > 0 ? [`${list(misplaced)} has no effect: the binding must be in kube-system, like the ConfigMap`] : []),
        ],
        ...severity,
        fix: {
          text: `Add a RoleBinding in namespace \`kube-system\` that binds Role \`extension-apiserver-authentication-reader\` to ServiceAccount \`${account}\`.`,
        },
      },
    ];
  },
});
