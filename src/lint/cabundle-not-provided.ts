import { defineCheck } from '../check.ts';
import { setsCaBundleLater } from './set-later.ts';

export default defineCheck({
  id: 'cabundle-not-provided',
  title: 'something sets the CA of the serving certificate',
  severity: 'warning',
  modes: [],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'manifests'],
  explain: {
    looksAt:
      'in manifests: `caBundle`, the annotations that have it injected, and whether a role or a Job in the manifests lets anything patch APIServices',
    why: 'Without a caBundle kube-apiserver trusts only the CAs of its own image, which include no CA of a cluster.',
    kubernetes: 'Every request fails: `x509: certificate signed by unknown authority`.',
    repair: 'Set `caBundle`, or have it injected, for example with the annotation `cert-manager.io/inject-ca-from: NAMESPACE/CERTIFICATE`.',
    mirrors: 'k8s.io/client-go, transport/transport.go (TLSConfigFor), v0.37.2',
  },
  run({ apiService, manifests }) {
    const { name, group, version, caBundle, insecureSkipTLSVerify } = apiService;
    if (insecureSkipTLSVerify) return null;
    if (caBundle || setsCaBundleLater(apiService, manifests)) return [];
    return [
      {
        message: `\`${group}/${version}\` fails for every user unless something else sets its caBundle: nothing in these manifests does.`,
        at: { object: `APIService ${name}`, field: 'spec' },
        fix: {
          text: `Set \`spec.caBundle\` of \`${name}\` to the CA of the serving certificate, or have it injected, for example with the annotation \`cert-manager.io/inject-ca-from\`.`,
        },
      },
    ];
  },
});
