import { defineCheck } from '../../check.ts';
import { fromNow, moment } from '../../format.ts';
import type { ApiService } from '../../model.ts';
import { reissueServing, shown } from './serving-check.ts';

const day = 24 * 3_600_000;
/**
 * How long before its expiry a certificate is due, milliseconds. The Operator Lifecycle Manager issues its own for two years and renews them
 * on their last day (operator-framework/operator-lifecycle-manager, pkg/controller/install/certresources.go, DefaultCertMinFresh).
 */
const margin = ({ labels }: ApiService, lifetime: number) => ('olm.owner' in labels ? day : Math.min(30 * day, lifetime / 5));

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
    const left = leaf.notAfter.getTime() - now.getTime();
    const lifetime = leaf.notAfter.getTime() - leaf.notBefore.getTime();
    const fails = userOptions.failWithin !== undefined && left < userOptions.failWithin;
    if (left < 0 || (!fails && left >= (userOptions.warnWithin ?? margin(apiService, lifetime)))) return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` will fail on \`${moment(leaf.notAfter)}\`, ${fromNow(leaf.notAfter, now)}, when its extension API server's serving certificate expires.`,
        at: serving.at,
        evidence: shown(serving),
        fix: reissueServing(apiService, 'in time'),
        ...(fails && { severity: 'error' }),
      },
    ];
  },
});
