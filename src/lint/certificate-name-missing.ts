import { defineCheck } from '../check.ts';
import { boolean, list, object, string } from '../decode.ts';
import { list as listed } from '../format.ts';
import { isOf, nameOf } from '../manifests/name.ts';
import type { ManifestObject } from '../model.ts';
import { key } from './injection-source-missing.ts';

/** cert-manager, pkg/apis/certmanager/v1/types_certificate.go, v1.18. */
const certificate = object({ spec: object({ dnsNames: list(string), isCA: boolean }) });

/** `*` stands for the first label alone: crypto/x509, verify.go (matchHostnames), Go 1.25. */
const covers = ({ value }: ManifestObject, host: string): boolean =>
  (certificate(value)?.spec?.dnsNames ?? []).some((name) =>
    [host, host.replace(/^[^.]+/, '*')].includes(name.toLowerCase().replace(/\.$/, '')),
  );

export default defineCheck({
  id: 'certificate-name-missing',
  title: "the Certificate names the APIService's Service",
  severity: 'error',
  modes: [],
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt: `in manifests: \`dnsNames\` of the Certificate that the APIService's annotation \`${key}\` names, unless it is a CA, or another Certificate has the name`,
    why: 'kube-apiserver sends requests to the address of the Service, and verifies the serving certificate for SERVICE.NAMESPACE.svc.',
    kubernetes:
      'The APIService is `False`, `FailedDiscoveryCheck`: `x509: certificate is valid for …, not SERVICE.NAMESPACE.svc`; users get 503.',
    repair: 'Add SERVICE.NAMESPACE.svc to `dnsNames` of the Certificate.',
    mirrors: 'k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go (ServerName), v0.37.2',
  },
  run({ apiService, manifests }) {
    const { group, version, service, annotations, insecureSkipTLSVerify } = apiService;
    const named = annotations[key];
    const certificates = manifests.filter((one) => isOf(one, 'cert-manager.io', 'Certificate'));
    const injected = certificates.find(({ namespace, name }) => `${namespace}/${name}` === named);
    // The pods mount no Secret of another namespace.
    if (!injected || injected.namespace !== service.namespace || insecureSkipTLSVerify) return null;
    const { dnsNames = [], isCA = false } = certificate(injected.value)?.spec ?? {};
    const host = `${service.name}.${service.namespace}.svc`;
    // A CA issues others, and of two certificates with one CA nobody knows which is served.
    if (isCA || certificates.some((one) => one.namespace === injected.namespace && covers(one, host))) return [];
    return [
      {
        message: `\`${group}/${version}\` fails for every user: ${nameOf(injected)}, whose CA is injected, is not valid for \`${host}\`.`,
        at: { object: nameOf(injected), field: 'spec.dnsNames' },
        evidence: [dnsNames.length > 0 ? `dnsNames: ${listed(dnsNames, { most: 3 })}` : 'it has no dnsNames'],
        fix: { text: `Add \`${host}\` to \`dnsNames\` of ${nameOf(injected)}.` },
      },
    ];
  },
});
