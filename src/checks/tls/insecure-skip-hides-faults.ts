import { defineCheck } from '../../check.ts';
import { reissueServing, shown } from './serving-check.ts';

export default defineCheck({
  id: 'insecure-skip-hides-faults',
  title: 'what is not verified would stand up to it',
  severity: 'info',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'servingFaults'],
  wants: ['serving'],
  explain: {
    looksAt: 'under `insecureSkipTLSVerify: true`, what the extension server presents in a handshake',
    why: 'Nothing is verified, so nothing shows. The day somebody gives this APIService a caBundle, it fails for every user.',
    kubernetes: 'kube-apiserver takes any certificate: whoever gets between it and the extension server sees what users send.',
    repair: 'First a serving certificate for SERVICE.NAMESPACE.svc, then caBundle and `insecureSkipTLSVerify: false` in one change.',
    mirrors: 'k8s.io/kube-aggregator, pkg/apis/apiregistration/v1/types.go, v0.37.2',
  },
  run({ apiService, servingFaults, serving }) {
    if (!apiService.insecureSkipTLSVerify) return null;
    if (servingFaults.length === 0) return [];
    const name = `${apiService.service.name}.${apiService.service.namespace}.svc`;
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` serves because nothing is verified (\`insecureSkipTLSVerify\`), and would fail for every user once that is taken away.`,
        at: { object: `APIService ${apiService.name}`, field: 'spec.insecureSkipTLSVerify' },
        evidence: [...servingFaults.map(({ text }) => `\`${text}\``), ...(serving ? shown(serving) : [])],
        fix: reissueServing(apiService, `with the SAN \`DNS:${name}\`, before verification is turned on`),
        latent: true,
      },
    ];
  },
});
