import { defineCheck, defineProof } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { renewFrontProxy } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';
import { everyUser } from '../../model.ts';
import { provenBy } from './log-evidence.ts';

export default defineCheck({
  id: 'front-proxy-client-not-yet-valid',
  title: 'the front-proxy client certificate is already valid',
  severity: 'error',
  modes: ['P02'],
  scope: 'apiserver',
  needs: ['now', 'proxyClientCert'],
  wants: ['distribution', 'frontProxyRemedy', 'clockSkew'],
  proof: defineProof({
    needs: ['loggedRejection', 'now', 'distribution'],
    run: ({ loggedRejection, now, distribution }) =>
      provenBy(loggedRejection, 'not-yet-valid', ({ date }) => ({
        because: `the front-proxy client certificate is valid only from${date ? ` \`${moment(date)}\`, ${fromNow(date, now)}` : ' a later time'}`,
        evidence: [`this clock says ${moment(now)}`],
        fix: renewFrontProxy(distribution),
      })),
  }),
  causes: { signatures: ['rejected'] },
  explain: {
    looksAt: 'notBefore of the first certificate in `--proxy-client-cert-file`',
    why: "Extension API servers reject it until then, by the clock of their own node. Usually the issuer's clock was fast, or a clock here is slow.",
    kubernetes: 'Extension API servers answer 401 and log `x509: certificate has expired or is not yet valid: current time … is before …`.',
    repair: 'Correct the clocks; if they are right, renew the certificate.',
    mirrors: 'crypto/x509, verify.go, go1.26',
  },
  run({ now, proxyClientCert, distribution, frontProxyRemedy, clockSkew }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf) return null;
    if (leaf.notBefore <= now) return [];
    const skewed = clockSkew !== undefined && Math.abs(clockSkew) > 60_000;
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: the front-proxy client certificate is valid only from \`${moment(leaf.notBefore)}\`, ${fromNow(leaf.notBefore, now)}.`,
        at: proxyClientCert.at,
        evidence: [
          `named in --${proxyClientCert.flag.name}`,
          `serial ${leaf.serial.hex} is SN=${leaf.serial.decimal} in the extension API servers' logs`,
          skewed ? `the server's clock differs from this one's by ${Math.round(clockSkew / 1000)} s` : `this clock says ${moment(now)}`,
        ],
        // A start of k3s or RKE2 renews only certificates that expire soon, and this one does not.
        fix: fixFrontProxy(frontProxyRemedy, distribution, 'another'),
      },
    ];
  },
});
