import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';

export default defineCheck({
  id: 'proxy-client-key-mismatch',
  title: 'the front-proxy key belongs to its certificate',
  severity: 'error',
  modes: ['P05'],
  scope: 'apiserver',
  needs: ['pairFault', 'proxyClientCert', 'proxyClientKey'],
  wants: ['distribution', 'frontProxyRemedy'],
  causes: { signatures: ['exits-by-front-proxy-pair'] },
  explain: {
    looksAt: "whether the key's public half is the public key of the file's first certificate",
    why: 'kube-apiserver exits if it starts with such a pair. A running one uses the old pair, so the fault appears at the next restart.',
    kubernetes: 'kube-apiserver exits: `tls: private key does not match public key`; a running one logs `key failed with : …`.',
    repair: 'Use a key and a certificate that were issued together, or reissue the pair.',
    mirrors: 'crypto/tls, tls.go (X509KeyPair), go1.26',
  },
  run({ pairFault, proxyClientCert, proxyClientKey, distribution, frontProxyRemedy }) {
    if (!proxyClientCert || !proxyClientKey) return null;
    if (!pairFault || pairFault.leaf || !/does not match/.test(pairFault.text)) return [];
    const leaf = proxyClientCert.certificates[0];
    return [
      {
        message: `kube-apiserver cannot start: the key \`${proxyClientKey.path}\` does not belong to the certificate \`${proxyClientCert.path}\`.`,
        at: proxyClientKey.at,
        evidence: [
          `kube-apiserver exits with \`${pairFault.text}\`; a running one uses the pair that it read before`,
          ...(leaf ? [`certificate: ${leaf.subject}, serial ${leaf.serial.hex}, ${leaf.key}`] : []),
        ],
        fix: fixFrontProxy(frontProxyRemedy, distribution, 'another'),
      },
    ];
  },
});
