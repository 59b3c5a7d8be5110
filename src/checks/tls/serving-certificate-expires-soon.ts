import { defineCheck } from '../../check.ts';
import { fromNow, moment } from '../../format.ts';
import { firstToExpire, linksOf } from '../../model.ts';
import { renewedBefore } from '../../products/index.ts';
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
      'the time until notAfter of the certificate presented in a handshake, of the intermediate CAs that come with it and of its CA in the caBundle, compared with `--warn-within` and `--fail-within`; by default 30 days or a fifth of the lifetime, whichever is less (one day if the Operator Lifecycle Manager issues it; no warning if Rancher does, which renews it in the last hour)',
    why: 'When it expires, this API fails for every user at the next connection.',
    kubernetes: 'Kubernetes gives no warning: kube-apiserver checks the dates only when it connects.',
    repair: 'Renew the certificate, and check that the extension API server reads the new one.',
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/phases/certs/renewal/manager.go, v1.37.2',
  },
  run({ now, userOptions, apiService, serving }) {
    if (apiService.insecureSkipTLSVerify) return null;
    if (!serving) return [];
    const links = linksOf(serving.chain, apiService.caBundle?.certificates ?? []);
    const first = firstToExpire(links, now, userOptions, renewedBefore(apiService));
    if (!first) return [];
    const { is, certificate } = first.link;
    const ends = {
      leaf: "its extension API server's serving certificate",
      intermediate: `the intermediate CA \`${certificate.subject}\` that its extension API server sends`,
      root: `the CA \`${certificate.subject}\` in its caBundle`,
    };
    const wanted = {
      leaf: 'in time',
      intermediate: 'in time, by an intermediate CA that is valid longer and that the server sends with it',
      root: 'in time, by a CA that is valid longer. Add that CA to the caBundle first, beside the old one, so that it is trusted',
    };
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` will fail on \`${moment(certificate.notAfter)}\`, ${fromNow(certificate.notAfter, now)}, when ${ends[is]} expires.`,
        at: is === 'root' ? { object: `APIService ${apiService.name}`, field: 'spec.caBundle' } : serving.at,
        evidence: shown(serving),
        fix: reissueServing(is === 'root' ? { ...apiService, caBundle: null } : apiService, wanted[is]),
        ...(first.expiry === 'fail' && { severity: 'error' }),
      },
    ];
  },
});
