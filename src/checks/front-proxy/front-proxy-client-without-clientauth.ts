import { defineCheck, defineProof } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { replaceFrontProxy } from '../../distributions/fixes.ts';
import { list } from '../../format.ts';
import { everyUser } from '../../model.ts';
import { provenBy } from './log-evidence.ts';

export default defineCheck({
  id: 'front-proxy-client-without-clientauth',
  title: 'the front-proxy client certificate is valid for client authentication',
  severity: 'error',
  modes: ['P06'],
  scope: 'apiserver',
  needs: ['signerFaultByFlags', 'proxyClientCert'],
  wants: ['distribution', 'frontProxyRemedy'],
  proof: defineProof({
    needs: ['loggedRejection', 'distribution'],
    run: ({ loggedRejection, distribution }) =>
      provenBy(loggedRejection, 'incompatible-usage', () => ({
        because:
          'the front-proxy client certificate is not valid for client authentication, because its EKU or that of a CA above it lacks `clientAuth`',
        // No kubeadm command: from the log alone, aggctl cannot tell whether kubeadm manages this pair.
        fix: replaceFrontProxy(distribution),
      })),
  }),
  causes: { signatures: ['rejected'] },
  explain: {
    looksAt: 'the extended key usage (EKU) of the certificate and of the CAs above it: clientAuth, any, or none at all',
    why: 'Extension API servers require clientAuth; they reject a certificate that is only for servers.',
    kubernetes:
      'kube-apiserver presents it anyway. Extension API servers answer 401 and log `x509: certificate specifies an incompatible key usage`.',
    repair: 'Issue the certificate with the EKU clientAuth.',
    mirrors: 'crypto/x509, verify.go (ExtKeyUsage), go1.26; k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ signerFaultByFlags, proxyClientCert, distribution, frontProxyRemedy }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf) return null;
    if (signerFaultByFlags?.kind !== 'incompatible-usage') return [];
    const usages = leaf.extendedKeyUsage ?? [];
    const own = usages.length > 0 && !usages.includes('clientAuth') && !usages.includes('anyExtendedKeyUsage');
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: the front-proxy client certificate is not valid for client authentication: ${own ? 'its EKU' : 'the EKU of a CA above it'} lacks \`clientAuth\`.`,
        at: proxyClientCert.at,
        evidence: [
          `EKU of the certificate: ${list(usages) || 'none, which allows any use'}; issued by ${leaf.issuer}`,
          `extension API servers log \`${signerFaultByFlags.text}\``,
          `serial ${leaf.serial.hex} is SN=${leaf.serial.decimal} there`,
        ],
        fix: fixFrontProxy(frontProxyRemedy, distribution),
      },
    ];
  },
});
