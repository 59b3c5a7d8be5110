import { defineCheck, defineProof } from '../../check.ts';
import { renewFrontProxyClient, rotateFrontProxy } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';
import { everyUser } from '../../model.ts';
import { provenBy } from './log-evidence.ts';

export default defineCheck({
  id: 'front-proxy-client-not-yet-valid',
  title: 'the front-proxy client certificate is valid already',
  severity: 'error',
  modes: ['P02'],
  scope: 'apiserver',
  needs: ['now', 'proxyClientCert'],
  wants: ['distribution', 'clockSkew'],
  proof: defineProof({
    needs: ['loggedRejection', 'now', 'distribution'],
    run: ({ loggedRejection, now, distribution }) =>
      provenBy(loggedRejection, 'not-yet-valid', ({ date }) => ({
        because: `the front-proxy client certificate is valid only from${date ? ` \`${moment(date)}\`, ${fromNow(date, now)}` : ' a later time'}`,
        evidence: [`this clock says ${moment(now)}`],
        fix: renewFrontProxyClient(distribution),
      })),
  }),
  causes: { signatures: ['rejected'] },
  explain: {
    looksAt: 'notBefore of the first certificate in `--proxy-client-cert-file`',
    why: "Extension servers reject it until then, each by its own node's clock. Most often the clock of the machine that issued it was fast, or a clock here is slow.",
    kubernetes: 'Extension servers answer 401 and log `x509: certificate has expired or is not yet valid: current time … is before …`.',
    repair: 'Set the clocks right; else renew the certificate.',
    mirrors: 'crypto/x509, verify.go, go1.26',
  },
  run({ now, proxyClientCert, distribution, clockSkew }) {
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
          `serial ${leaf.serial.hex} is SN=${leaf.serial.decimal} in the extension servers' logs`,
          skewed ? `the server's clock differs from this one's by ${Math.round(clockSkew / 1000)} s` : `this clock says ${moment(now)}`,
        ],
        // A start of k3s or RKE2 renews what is near its end, and this is not.
        fix: rotateFrontProxy(distribution),
      },
    ];
  },
});
