import { defineCheck } from '../../check.ts';
import { renewServerCertificate } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';

export default defineCheck({
  id: 'server-certificate-expired',
  title: "kube-apiserver's serving certificate has not expired",
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: ['now', 'serverCertificate'],
  wants: ['distribution'],
  explain: {
    looksAt: 'the certificate that kube-apiserver presents in the TLS handshake, or its file on this node',
    why: 'No client connects to kube-apiserver, including kubelets, controllers and extension API servers.',
    kubernetes: 'kube-apiserver itself starts and serves; its clients report `x509: certificate has expired or is not yet valid`.',
    repair:
      'Renew the serving certificate and restart the control plane. With kubeadm, all leaf certificates expire together: run `kubeadm certs renew all`.',
    mirrors: 'crypto/x509, verify.go, go1.26',
  },
  run({ now, serverCertificate, distribution }) {
    const { value: certificate, at } = serverCertificate;
    if (certificate.notAfter >= now) return [];
    return [
      {
        message: `No client can connect to kube-apiserver: its serving certificate expired \`${moment(certificate.notAfter)}\`, ${fromNow(certificate.notAfter, now)}.`,
        at,
        evidence: [`${certificate.subject}, serial ${certificate.serial.hex}, issued by ${certificate.issuer}`],
        fix: renewServerCertificate(distribution),
      },
    ];
  },
});
