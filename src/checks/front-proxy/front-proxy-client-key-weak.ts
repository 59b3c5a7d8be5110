import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { everyUser } from '../../model.ts';

/** Go 1.24 and later do not sign with a smaller key (crypto/rsa, checkKeySize). */
const smallest = 1024;

export default defineCheck({
  id: 'front-proxy-client-key-weak',
  title: 'the front-proxy key is large enough to sign TLS handshakes',
  severity: 'error',
  modes: ['P11'],
  scope: 'apiserver',
  needs: ['proxyClientCert'],
  wants: ['distribution', 'frontProxyRemedy'],
  causes: { signatures: ['weak-client-key'] },
  explain: {
    looksAt: 'the size of the RSA key of the front-proxy client certificate; ECDSA on P-256, P-384 and P-521 and Ed25519 are always fine',
    why: 'Go does not sign a handshake with an RSA key of fewer than 1024 bits, and kube-apiserver fails only when it dials an extension API server.',
    kubernetes:
      'kube-apiserver starts. The APIServices are `False`: `tls: certificate RSA key size too small for supported signature algorithms`, or `crypto/rsa: N-bit keys are insecure`; users get 503. 1024 bits still work.',
    repair: 'Reissue the pair with an RSA key of 2048 bits or more, or with an ECDSA key.',
    mirrors: 'crypto/tls, auth.go (selectSignatureScheme), and crypto/rsa, rsa.go (checkKeySize), go1.26',
  },
  run({ proxyClientCert, distribution, frontProxyRemedy }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf) return null;
    const bits = Number(/^RSA (\d+)$/.exec(leaf.key)?.[1] ?? smallest);
    if (bits >= smallest) return [];
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: kube-apiserver cannot sign with the front-proxy key, which has only ${bits} bits.`,
        at: proxyClientCert.at,
        evidence: [`certificate: ${leaf.subject}, serial ${leaf.serial.hex}, ${leaf.key}`, 'Go requires 1024 bits or more'],
        fix: fixFrontProxy(frontProxyRemedy, distribution, 'another'),
      },
    ];
  },
});
