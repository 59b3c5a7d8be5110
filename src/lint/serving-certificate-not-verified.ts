import { defineCheck } from '../check.ts';

export default defineCheck({
  id: 'serving-certificate-not-verified',
  title: "kube-apiserver verifies the extension API server's certificate",
  severity: 'warning',
  modes: [],
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService'],
  explain: {
    looksAt: 'in manifests: `insecureSkipTLSVerify: true`',
    why: 'Whoever can answer at the address of the Service receives the requests of every user, and their objects.',
    kubernetes: 'kube-apiserver accepts any certificate, and none of its messages says so.',
    repair:
      'Issue a serving certificate for SERVICE.NAMESPACE.svc, for example by cert-manager, set its CA in `caBundle` or have it injected, and remove `insecureSkipTLSVerify`.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apis/apiregistration/v1/types.go, v0.37.2',
  },
  run({ apiService: { name, group, version, service, insecureSkipTLSVerify, caBundle } }) {
    // Both together are rejected.
    if (!insecureSkipTLSVerify || caBundle) return [];
    return [
      {
        message: `kube-apiserver sends requests for \`${group}/${version}\` to any server that answers: it does not verify the certificate of Service \`${service.namespace}/${service.name}\`.`,
        at: { object: `APIService ${name}`, field: 'spec.insecureSkipTLSVerify' },
        fix: {
          text: `Issue a serving certificate for \`${service.name}.${service.namespace}.svc\`, set its CA in \`caBundle\` of \`${name}\` or have it injected, and remove \`insecureSkipTLSVerify\`.`,
        },
      },
    ];
  },
});
