import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { editFlag } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'proxy-client-pair-unusable',
  title: 'kube-apiserver can load the front-proxy certificate and its key',
  severity: 'error',
  modes: ['F04', 'F05', 'P11', 'P12'],
  scope: 'apiserver',
  needs: ['pairFault', 'proxyClientCert'],
  wants: ['distribution', 'frontProxyRemedy'],
  causes: { signatures: ['exits-by-front-proxy-pair', 'exits-by-folder'] },
  explain: {
    looksAt: 'whether the front-proxy certificate and key files are PEM, not empty, not encrypted, and not swapped',
    why: 'kube-apiserver exits if it cannot load the pair at its start; a running one uses the old pair until its next restart.',
    kubernetes: 'kube-apiserver exits with a crypto/tls error, such as `tls: failed to find any PEM data in certificate input`.',
    repair: 'Write the certificate and its key as PEM, the key unencrypted, or reissue the pair.',
    mirrors:
      'crypto/tls, tls.go (X509KeyPair), go1.26; k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2',
  },
  run({ pairFault, proxyClientCert, distribution, frontProxyRemedy }) {
    if (!proxyClientCert) return null;
    if (!pairFault || /does not match/.test(pairFault.text)) return [];
    return [
      {
        message: `kube-apiserver cannot start: it cannot load the front-proxy pair: \`${pairFault.text}\`.`,
        at: pairFault.file.at,
        evidence: [`named in --${pairFault.file.flag.name}`, 'a running one uses the pair that it read before, until its next restart'],
        // Swapped: the flags are wrong, and the files may be right.
        fix:
          /have been switched/.test(pairFault.text) && frontProxyRemedy?.issue !== null
            ? editFlag(
                proxyClientCert.flag.at,
                'Set --proxy-client-cert-file to the certificate and --proxy-client-key-file to its key',
                distribution,
              )
            : fixFrontProxy(frontProxyRemedy, distribution, 'another'),
      },
    ];
  },
});
