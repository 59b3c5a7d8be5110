import { defineCheck } from '../check.ts';
import { anything, boolean, map, object, string } from '../decode.ts';
import { isOf, nameOf } from '../manifests/name.ts';

/** Of those that kube-apiserver makes itself, for built-in groups and CustomResourceDefinitions: kube-aggregator, pkg/controllers/autoregister, v0.37.2. */
const madeByIt = 'kube-aggregator.kubernetes.io/automanaged';
const registration = object({
  metadata: object({ labels: map(string) }),
  spec: object({ group: string, version: string, service: anything, caBundle: string, insecureSkipTLSVerify: boolean }),
});
const definition = object({ spec: object({ group: string }) });

export default defineCheck({
  id: 'service-not-set',
  title: 'each APIService leads to a Service',
  severity: 'warning',
  modes: [],
  scope: 'cluster',
  needs: ['manifests'],
  explain: {
    looksAt:
      'in manifests: `spec.service` of APIServices that neither kube-apiserver makes itself nor a CustomResourceDefinition in the manifests serves',
    why: 'Without a Service kube-apiserver serves the group version itself, and no request reaches an extension API server.',
    kubernetes:
      'The APIService is `True`, `Local`; requests get 404. With `caBundle` or `insecureSkipTLSVerify` kube-apiserver answers 422 `local APIServices may not have …`.',
    repair: 'Set `spec.service` to the name and namespace of the Service. It is a field of `spec`, not of `metadata`.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apis/apiregistration/v1/types.go (APIServiceSpec) and validation/validation.go, v0.37.2',
  },
  run({ manifests }) {
    const defined = manifests.flatMap((one) =>
      isOf(one, 'apiextensions.k8s.io', 'CustomResourceDefinition') ? [definition(one.value)?.spec?.group] : [],
    );
    return manifests.flatMap((one) => {
      const { metadata, spec = {} } = registration(one.value) ?? {};
      const { group = '', version = '', service, caBundle, insecureSkipTLSVerify } = spec;
      const isServed = service != null || madeByIt in (metadata?.labels ?? {}) || defined.includes(group);
      if (!isOf(one, 'apiregistration.k8s.io', 'APIService') || isServed) return [];
      const extra = caBundle ? 'caBundle' : insecureSkipTLSVerify ? 'insecureSkipTLSVerify' : null;
      return [
        {
          message: extra
            ? `The manifest cannot be applied: kube-apiserver rejects \`spec.${extra}\` of \`${one.name}\` because \`spec.service\` is not set.`
            : `Requests for \`${group}/${version}\` reach no extension API server: \`spec.service\` of \`${one.name}\` is not set.`,
          at: { object: nameOf(one), field: extra ? `spec.${extra}` : 'spec' },
          fix: { text: `Set \`spec.service\` of \`${one.name}\` to the name and namespace of the Service.` },
          ...(extra && { severity: 'error' as const }),
        },
      ];
    });
  },
});
