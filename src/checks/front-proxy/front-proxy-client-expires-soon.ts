import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { fromNow, moment } from '../../format.ts';
import { expiryOf } from '../../model.ts';

export default defineCheck({
  id: 'front-proxy-client-expires-soon',
  title: 'the front-proxy client certificate does not expire soon',
  severity: 'warning',
  modes: [],
  scope: 'apiserver',
  needs: ['now', 'userOptions', 'proxyClientCert'],
  wants: ['distribution', 'frontProxyRemedy'],
  after: ['front-proxy-client-expired', 'front-proxy-client-not-yet-valid'],
  explain: {
    looksAt:
      'the time until notAfter, compared with `--warn-within` and `--fail-within`; the default is 30 days or a fifth of the lifetime, whichever is shorter',
    why: 'When it expires, every aggregated API fails at once.',
    kubernetes: 'Kubernetes does not warn: kube-apiserver does not check the dates of its own client certificate.',
    repair: 'Renew the certificate; kube-apiserver reloads it within a minute, without a restart.',
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/phases/certs/renewal/manager.go, v1.37.2',
  },
  run({ now, userOptions, proxyClientCert, distribution, frontProxyRemedy }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf) return null;
    const expiry = expiryOf(leaf, now, userOptions);
    if (expiry === null || expiry === 'expired') return [];
    return [
      {
        message: `Aggregated APIs will fail on \`${moment(leaf.notAfter)}\`, ${fromNow(leaf.notAfter, now)}, when the front-proxy client certificate expires.`,
        at: proxyClientCert.at,
        evidence: [`named in --${proxyClientCert.flag.name}`, `${leaf.subject}, serial ${leaf.serial.hex}`],
        fix: fixFrontProxy(frontProxyRemedy, distribution, 'later'),
        ...(expiry === 'fail' && { severity: 'error' }),
      },
    ];
  },
});
