import { defineCheck, defineProof } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { renewFrontProxy } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';
import { everyUser } from '../../model.ts';
import { provenBy } from './log-evidence.ts';

export default defineCheck({
  id: 'front-proxy-client-expired',
  title: 'the front-proxy client certificate has not expired',
  severity: 'error',
  modes: ['P01'],
  scope: 'apiserver',
  needs: ['now', 'proxyClientCert'],
  wants: ['distribution', 'frontProxyRemedy', 'signerFaultByFlags'],
  proof: defineProof({
    needs: ['loggedRejection', 'authConfigMap', 'now', 'distribution'],
    run: ({ loggedRejection, authConfigMap, now, distribution }) =>
      provenBy(loggedRejection, 'expired', ({ date }) => ({
        because: `the front-proxy client certificate expired${date ? ` \`${moment(date)}\`, ${fromNow(date, now)}` : ''}`,
        evidence: (authConfigMap?.requestheaderCa ?? []).map(
          (ca) =>
            `its CA has not expired: ${ca.subject} in ConfigMap extension-apiserver-authentication is valid until ${moment(ca.notAfter)}`,
        ),
        fix: renewFrontProxy(distribution),
      })),
  }),
  causes: { signatures: ['rejected'] },
  explain: {
    looksAt: 'notAfter of the first certificate in `--proxy-client-cert-file`',
    why: 'From that moment every extension API server rejects the certificate, while the core API still works.',
    kubernetes:
      'kube-apiserver presents it without checking its dates. Users get 401 at once; within half a minute the APIServices become `False`, `bad status … 401`, and users get 503.',
    repair: 'Renew the certificate; kube-apiserver reloads it within a minute, without a restart.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2; crypto/x509, verify.go, go1.26',
  },
  run({ now, proxyClientCert, distribution, frontProxyRemedy, signerFaultByFlags }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf) return null;
    if (leaf.notAfter >= now) return [];
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: the front-proxy client certificate expired \`${moment(leaf.notAfter)}\`, ${fromNow(leaf.notAfter, now)}.`,
        at: proxyClientCert.at,
        evidence: [
          `named in --${proxyClientCert.flag.name}`,
          `serial ${leaf.serial.hex} is SN=${leaf.serial.decimal} in the extension API servers' logs`,
          ...(signerFaultByFlags === null ? ['otherwise valid (key, CA, clientAuth): renewal alone fixes it'] : []),
        ],
        fix: fixFrontProxy(frontProxyRemedy, distribution),
      },
    ];
  },
});
