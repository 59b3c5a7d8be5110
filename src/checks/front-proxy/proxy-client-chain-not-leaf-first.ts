import { defineCheck } from '../../check.ts';

export default defineCheck({
  id: 'proxy-client-chain-not-leaf-first',
  title: 'the front-proxy certificate file begins with the leaf',
  severity: 'error',
  modes: ['P09'],
  scope: 'apiserver',
  needs: ['pairFault', 'proxyClientCert', 'proxyClientKey'],
  explain: {
    looksAt: "the key's public half against each certificate of the file in which the first is not its own",
    why: 'Go takes the first certificate of a file for the leaf, and the others for the CAs above it.',
    kubernetes:
      'kube-apiserver exits: `tls: private key does not match public key`; a running one logs `key failed with : …` and goes on with the old pair, up to its next restart.',
    repair: 'Put the leaf first, then the CA that signed it, and so on upwards; the key is the right one.',
    mirrors: 'crypto/tls, tls.go (X509KeyPair), go1.26',
  },
  run({ pairFault, proxyClientCert, proxyClientKey }) {
    if (!proxyClientCert || !proxyClientKey) return null;
    const leaf = pairFault?.leaf;
    const first = proxyClientCert.certificates[0];
    if (!pairFault || !leaf || !first) return [];
    const path = proxyClientCert.hostPath ?? proxyClientCert.path;
    const next = proxyClientCert.certificates.find(({ line }) => line > leaf.line)?.line;
    const others = `1,${leaf.line - 1}p${next ? `;${next},$p` : ''}`;
    return [
      {
        message: `kube-apiserver cannot start: \`${proxyClientCert.path}\` begins with the CA \`${first.subject}\`, and the leaf \`${leaf.subject}\` stands behind it.`,
        at: { ...proxyClientCert.at, ...('file' in proxyClientCert.at && { line: leaf.line }) },
        evidence: [
          `kube-apiserver exits with \`${pairFault.text}\`; one that still runs uses the pair it has read before`,
          `the key \`${proxyClientKey.path}\` is that of the leaf, serial ${leaf.serial.hex}`,
        ],
        fix: {
          text: 'Put the leaf first; the key stays:',
          commands: [
            `sed -n '${leaf.line},${next ? next - 1 : '$'}p' ${path} > /root/front-proxy-client.crt`,
            `sed -n '${others}' ${path} >> /root/front-proxy-client.crt`,
            `openssl x509 -in /root/front-proxy-client.crt -noout -subject    # ${leaf.subject}`,
            `cp /root/front-proxy-client.crt ${path}`,
          ],
        },
      },
    ];
  },
});
