import { defineCheck } from '../../check.ts';
import { keep } from '../../distributions/keep.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'proxy-client-chain-not-leaf-first',
  title: 'the front-proxy certificate file begins with the leaf',
  severity: 'error',
  modes: ['P09'],
  scope: 'apiserver',
  needs: ['pairFault', 'proxyClientCert', 'proxyClientKey'],
  explain: {
    looksAt: 'if the key does not belong to the first certificate of the file: whether it belongs to another one',
    why: 'Go treats the first certificate of a file as the leaf, and the others as the CAs above it.',
    kubernetes:
      'kube-apiserver exits: `tls: private key does not match public key`; a running one logs `key failed with : …` and uses the old pair until its next restart.',
    repair: 'Put the leaf first, then the CA that signed it, and so on upwards. The key is right.',
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
        message: `kube-apiserver cannot start: \`${proxyClientCert.path}\` begins with the CA \`${first.subject}\` instead of the leaf \`${leaf.subject}\`.`,
        at: { ...proxyClientCert.at, ...('file' in proxyClientCert.at && { line: leaf.line }) },
        evidence: [
          `kube-apiserver exits with \`${pairFault.text}\`; a running one uses the pair that it read before`,
          `the key \`${proxyClientKey.path}\` belongs to the leaf, serial ${leaf.serial.hex}`,
        ],
        fix: {
          text: 'Put the leaf first; keep the key:',
          commands: [
            sh`sed -n ${`${leaf.line},${next ? next - 1 : '$'}p`} ${path} > /root/front-proxy-client.crt`,
            sh`sed -n ${others} ${path} >> /root/front-proxy-client.crt`,
            sh`openssl pkey -in ${proxyClientKey.hostPath ?? proxyClientKey.path} -pubout -out /root/front-proxy-client.pub`,
            sh`openssl x509 -in /root/front-proxy-client.crt -noout -pubkey | cmp - /root/front-proxy-client.pub && ${{ command: keep(path) }} && cp /root/front-proxy-client.crt ${path}`,
          ],
        },
      },
    ];
  },
});
