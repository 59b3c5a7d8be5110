import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { renewCa } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';
import { type ChainLink, firstToExpire } from '../../model.ts';
import { namedFiles } from './named-files.ts';
import { renewIntermediate } from './renew-intermediate.ts';

const what: Record<ChainLink['is'], string> = {
  leaf: 'front-proxy client certificate',
  intermediate: 'intermediate CA above the front-proxy client certificate',
  root: 'requestheader CA',
};

export default defineCheck({
  id: 'front-proxy-client-expires-soon',
  title: 'the front-proxy client certificate does not expire soon',
  severity: 'warning',
  modes: [],
  scope: 'apiserver',
  needs: ['now', 'userOptions', 'frontProxyChain'],
  wants: ['distribution', 'frontProxyRemedy', 'proxyClientKey'],
  after: ['front-proxy-client-expired', 'front-proxy-client-not-yet-valid'],
  explain: {
    looksAt:
      'the time until notAfter of the certificate, of the intermediate CAs in its file and of its requestheader CA, compared with `--warn-within` and `--fail-within`; the default is 30 days or a fifth of the lifetime, whichever is shorter',
    why: 'When it expires, every aggregated API fails at once.',
    kubernetes: 'Kubernetes does not warn: kube-apiserver does not check the dates of its own client certificate.',
    repair: 'Renew the certificate; kube-apiserver reloads it within a minute, without a restart.',
    mirrors: 'kubernetes/kubernetes, cmd/kubeadm/app/phases/certs/renewal/manager.go, v1.37.2',
  },
  run({ now, userOptions, frontProxyChain, distribution, frontProxyRemedy, proxyClientKey }) {
    if (!frontProxyChain) return null;
    const first = firstToExpire(frontProxyChain, now, userOptions);
    if (!first) return [];
    const { is, certificate, file } = first.link;
    const [leaf] = frontProxyChain;
    const { subject, serial, notAfter, line } = certificate;
    return [
      {
        message: `Aggregated APIs will fail on \`${moment(notAfter)}\`, ${fromNow(notAfter, now)}, when the ${what[is]} expires.`,
        at: { ...file.at, ...(is !== 'leaf' && 'file' in file.at && { line }) },
        evidence: [`named in --${file.flag.name}`, `${subject}, serial ${serial.hex}`],
        fix:
          is === 'leaf'
            ? fixFrontProxy(frontProxyRemedy, distribution, 'later')
            : is === 'intermediate'
              ? { text: renewIntermediate(certificate) }
              : renewCa(distribution, {
                  files: namedFiles(file, leaf?.file ?? null, proxyClientKey),
                  commonName: leaf?.certificate.commonName,
                  expired: false,
                }),
        ...(first.expiry === 'fail' && { severity: 'error' }),
      },
    ];
  },
});
