import { defineCheck } from '../../check.ts';
import { fromNow, moment } from '../../format.ts';
import { expiryOf, renewedLate } from '../../model.ts';
import { reissueServing, shown } from './serving-check.ts';

export default defineCheck({
  id: 'serving-certificate-expires-soon',
  title: "the extension API server's serving certificate does not expire soon",
  severity: 'warning',
  modes: ['T05'],
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['now', 'userOptions', 'apiService', 'serving'],
  after: ['serving-certificate-expired', 'serving-certificate-not-yet-valid'],
  explain: {
    looksAt:
      'the time until notAfter of the certificate presented in a handshake, compared with `--warn-within` and `--fail-within`; by default 30 days or a fifth of the lifetime, whichever is less (one day if the Operator Lifecycle Manager issues it)',
    why: 'When it expires, this API fails for every user at the next connection.',
    kubernetes: 'Kubernetes gives no warning: kube-apiserver checks the dates only when it connects.',
    repair: 'Renew the certificate, and check that the extension API server reads the new one.',
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/phases/certs/renewal/manager.go, v1.37.2',
  },
  run({ now, userOptions, apiService, serving }) {
    if (apiService.insecureSkipTLSVerify) return null;
    const leaf = serving?.chain[0];
    if (!leaf) return [];
    const expiry = expiryOf(leaf, now, userOptions, renewedLate(apiService));
    if (expiry === null || expiry === 'expired') return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` will fail on \`${moment(leaf.notAfter)}\`, ${fromNow(leaf.notAfter, now)}, when its extension API server's serving certificate expires.`,
        at: serving.at,
        evidence: shown(serving),
        fix: reissueServing(apiService, 'in time'),
        ...(expiry === 'fail' && { severity: 'error' }),
      },
    ];
  },
});
