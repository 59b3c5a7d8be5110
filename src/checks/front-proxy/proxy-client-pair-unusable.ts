import { defineCheck } from '../../check.ts';
import { editManifest, reissueFrontProxy } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'proxy-client-pair-unusable',
  title: 'kube-apiserver can load the front-proxy certificate and its key',
  severity: 'error',
  modes: ['F04', 'F05', 'P11', 'P12'],
  scope: 'apiserver',
  needs: ['pairFault', 'proxyClientCert'],
  wants: ['distribution'],
  causes: { signatures: ['exits-by-front-proxy-pair', 'exits-by-folder'] },
  explain: {
    looksAt: 'the contents of the front-proxy certificate and key files: PEM, not empty, not encrypted, each in its own file',
    why: 'kube-apiserver exits when it starts with a pair that it cannot load; one that runs goes on with the old pair, up to its next restart.',
    kubernetes: 'kube-apiserver exits with a text of crypto/tls, such as `tls: failed to find any PEM data in certificate input`.',
    repair: 'Write the certificate and its key as PEM, the key unencrypted, or have the pair issued anew.',
    mirrors:
      'crypto/tls, tls.go (X509KeyPair), go1.26; k8s.io/apiserver, pkg/server/dynamiccertificates/dynamic_serving_content.go, v0.37.2',
  },
  run({ pairFault, proxyClientCert, distribution }) {
    if (!proxyClientCert) return null;
    if (!pairFault || /does not match/.test(pairFault.text)) return [];
    return [
      {
        message: `kube-apiserver cannot start: it cannot load the front-proxy pair, \`${pairFault.text}\`.`,
        at: pairFault.file.at,
        evidence: [
          `named in --${pairFault.file.flag.name}`,
          'one that still runs uses the pair it has read before, up to its next restart',
        ],
        // The flags are wrong then, and the files may be sound.
        fix: /have been switched/.test(pairFault.text)
          ? editManifest(
              proxyClientCert.flag.at,
              'Name the certificate in --proxy-client-cert-file and its key in --proxy-client-key-file',
              distribution,
            )
          : reissueFrontProxy(distribution, proxyClientCert.hostPath ?? proxyClientCert.path),
      },
    ];
  },
});
