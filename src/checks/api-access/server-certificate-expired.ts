import { defineCheck } from '../../check.ts';
import { renewServerCertificate } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';

export default defineCheck({
  id: 'server-certificate-expired',
  title: "kube-apiserver's own serving certificate is valid",
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: ['now', 'serverCertificate'],
  wants: ['distribution'],
  explain: {
    looksAt: 'the certificate that kube-apiserver shows in the handshake, or its file on this node',
    why: 'Every client of kube-apiserver refuses to talk to it, kubelets, controllers and extension servers included.',
    kubernetes: 'kube-apiserver itself starts and serves; the clients say `x509: certificate has expired or is not yet valid`.',
    repair:
      'Renew the serving certificate (with kubeadm all leaf certificates expire together: `kubeadm certs renew all`) and restart the control plane.',
    mirrors: 'crypto/x509, verify.go, go1.26',
  },
  run({ now, serverCertificate, distribution }) {
    const { value: certificate, at } = serverCertificate;
    if (certificate.notAfter > now) return [];
    return [
      {
        message: `No client can talk to kube-apiserver: its serving certificate expired \`${moment(certificate.notAfter)}\`, ${fromNow(certificate.notAfter, now)}.`,
        at,
        evidence: [`${certificate.subject}, serial ${certificate.serial.hex}, issued by ${certificate.issuer}`],
        fix: renewServerCertificate(distribution),
      },
    ];
  },
});
