import { defineCheck } from '../check.ts';
import { isObject } from '../decode.ts';
import { isOf, nameOf } from '../manifests/name.ts';
import type { ManifestObject } from '../model.ts';

/** The annotation of cert-manager's cainjector. */
export const key = 'cert-manager.io/inject-ca-from';
const annotationOf = ({ value: { metadata } }: ManifestObject): string | undefined => {
  const value = isObject(metadata) && isObject(metadata.annotations) ? metadata.annotations[key] : undefined;
  return typeof value === 'string' ? value : undefined;
};

export default defineCheck({
  id: 'injection-source-missing',
  title: 'the Certificate whose CA is injected is in the manifests',
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: ['manifests'],
  explain: {
    looksAt: `in manifests: the annotation \`${key}\` of APIServices, webhooks and CustomResourceDefinitions, and the Certificates`,
    why: 'Without the Certificate nothing is injected, and kube-apiserver does not trust the server.',
    kubernetes:
      "cert-manager's cainjector logs `unable to fetch associated certificate`; requests fail with `x509: certificate signed by unknown authority`.",
    repair: 'Set the annotation to NAMESPACE/NAME of the Certificate.',
    mirrors: 'cert-manager, pkg/controller/cainjector/reconciler.go and sources.go, v1.18',
  },
  run({ manifests }) {
    const certificates = manifests.filter((one) => isOf(one, 'cert-manager.io', 'Certificate'));
    const injected = manifests.flatMap((one) => {
      const named = annotationOf(one);
      return named === undefined ? [] : [{ one, named }];
    });
    if (injected.length === 0) return null;
    return injected.flatMap(({ one, named }) => {
      if (certificates.some(({ namespace, name }) => `${namespace}/${name}` === named)) return [];
      const [namespace, name] = named.split('/');
      // One of this name or in this namespace was most likely meant; else it is made by other manifests.
      const meant = certificates.find((certificate) => certificate.name === name || certificate.namespace === namespace);
      const isMalformed = !/^[^/]+\/[^/]+$/.test(named);
      return [
        {
          message: isMalformed
            ? `No CA is injected into ${nameOf(one)}: \`${named}\` is not NAMESPACE/NAME of a Certificate.`
            : `No CA is injected into ${nameOf(one)} unless Certificate \`${named}\` exists: it is not in these manifests.`,
          at: { object: nameOf(one), field: `metadata.annotations[${key}]` },
          evidence: meant ? [`Certificate in these manifests: ${meant.namespace}/${meant.name}`] : [],
          fix: {
            text: `Set the annotation of ${nameOf(one)} to NAMESPACE/NAME of the Certificate${meant ? `, \`${meant.namespace}/${meant.name}\`` : ''}.`,
          },
          ...(!isMalformed && !meant && { severity: 'info' as const }),
        },
      ];
    });
  },
});
