import { defineCheck } from '../../check.ts';
import { reissueServing, shown } from './serving-check.ts';

export default defineCheck({
  id: 'insecure-skip-hides-faults',
  title: 'the unverified certificate would pass verification',
  severity: 'info',
  modes: ['T21'],
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'servingFaults'],
  wants: ['serving'],
  explain: {
    looksAt: 'with `insecureSkipTLSVerify: true`, the certificate that the extension API server presents in a handshake',
    why: 'Nothing is verified, so the fault is hidden. As soon as this APIService gets a caBundle, it fails for every user.',
    kubernetes: 'kube-apiserver accepts any certificate: an attacker between it and the extension API server can read what users send.',
    repair:
      'First issue a serving certificate for SERVICE.NAMESPACE.svc, then set caBundle and `insecureSkipTLSVerify: false` in one change.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apis/apiregistration/v1/types.go, v0.37.2',
  },
  run({ apiService, servingFaults, serving }) {
    if (!apiService.insecureSkipTLSVerify) return null;
    if (servingFaults.length === 0) return [];
    const name = `${apiService.service.name}.${apiService.service.namespace}.svc`;
    return [
      {
        message: `kube-apiserver does not verify the certificate of \`${apiService.group}/${apiService.version}\` (\`insecureSkipTLSVerify\`), which would not pass: with verification the API would fail for every user.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.insecureSkipTLSVerify' },
        evidence: [...servingFaults.map(({ text }) => `\`${text}\``), ...(serving ? shown(serving) : [])],
        fix: reissueServing(apiService, `with the SAN \`DNS:${name}\`, before you turn verification on`),
        latent: true,
      },
    ];
  },
});
