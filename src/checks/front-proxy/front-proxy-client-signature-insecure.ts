import { defineCheck } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { later } from '../upgrade/upgrade-effects.ts';

export default defineCheck({
  id: 'front-proxy-client-signature-insecure',
  title: 'the front-proxy client certificate has a signature algorithm that Go accepts',
  severity: 'error',
  modes: ['P10'],
  scope: 'apiserver',
  needs: ['signerFaultByFlags', 'proxyClientCert'],
  wants: ['signerFaultByConfigMap', 'authConfigMap', 'distribution', 'frontProxyRemedy', 'upgrade'],
  causes: { signatures: ['rejected'], symptoms: ['configmap-ca-not-signer'] },
  judges: ['sha1-refused', 'sha1-override-gone'],
  explain: {
    looksAt: "the signature algorithm of the certificate and of the CAs between it and the root; the root's own signature does not matter",
    why: 'Go has rejected SHA-1 since 1.18, and MD5 for longer: extension API servers built since Kubernetes 1.24 reject such a certificate, older ones accept it.',
    kubernetes:
      'kube-apiserver presents it anyway. Extension API servers answer 401 and log `x509: certificate signed by unknown authority (possibly because of "x509: cannot verify signature: insecure algorithm SHA1-RSA" …)`.',
    repair: 'Reissue the certificate from the same CA, signed with SHA-256.',
    mirrors: 'crypto/x509, x509.go (checkSignature), go1.26',
  },
  run({ signerFaultByFlags, proxyClientCert, signerFaultByConfigMap, authConfigMap, distribution, frontProxyRemedy, upgrade }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf) return null;
    const algorithm = /insecure algorithm ([\w-]+)/.exec(signerFaultByFlags?.text ?? '')?.[1];
    if (!signerFaultByFlags || !algorithm) return [];
    const signed = proxyClientCert.certificates.find(({ signatureAlgorithm }) => signatureAlgorithm === algorithm) ?? leaf;
    const masked = signerFaultByConfigMap === null && Boolean(authConfigMap?.requestheaderCa?.length);
    const because = `\`${signed.subject}\` is signed with ${algorithm}, which Go rejects`;
    return [
      {
        message: masked
          ? `Aggregated APIs work only while ConfigMap \`extension-apiserver-authentication\` keeps another CA that makes the chain valid: ${because}.`
          : `Aggregated APIs fail for ${everyUser}: ${because}.`,
        at: { ...proxyClientCert.at, ...('file' in proxyClientCert.at && signed !== leaf && { line: signed.line }) },
        evidence: [
          `extension API servers log \`${signerFaultByFlags.text}\``,
          `certificate: ${leaf.subject}, serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          ...unread(authConfigMap),
        ],
        fix:
          signed === leaf
            ? fixFrontProxy(frontProxyRemedy, distribution)
            : { text: `Reissue \`${signed.subject}\` from the CA above it, with the same key and name, signed with SHA-256.` },
        ...hidden(masked),
        ...(!masked && later(upgrade, 'sha1-refused')),
      },
    ];
  },
});
