import { defineCheck } from '../model.ts';
import { fromNow, moment } from '../wording.ts';

export default defineCheck({
  id: 'client-credentials-expired',
  title: 'the client certificate that aggctl shows is valid',
  severity: 'error',
  scope: 'cluster',
  needs: ['now', 'ownCertificate'],
  wants: ['distribution'],
  explain: {
    looksAt: "the client certificate in the kubeconfig's user",
    why: 'kube-apiserver refuses an expired client certificate, so nothing that needs the API can be looked at, and nobody who uses this kubeconfig can work.',
    kubernetes:
      'kube-apiserver answers 401 Unauthorized. With kubeadm all leaf certificates expire together, a year after the last upgrade.',
    repair: 'Renew the certificate in the kubeconfig: with kubeadm on a control-plane node `kubeadm certs renew admin.conf`.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ now, ownCertificate, distribution }) {
    if (!ownCertificate) return null;
    const { value: certificate, at } = ownCertificate;
    if (certificate.notAfter > now) return [];
    return [
      {
        message: `kube-apiserver refuses you: your client certificate \`${certificate.subject}\` expired \`${moment(certificate.notAfter)}\`, ${fromNow(certificate.notAfter, now)}.`,
        at,
        evidence: [`serial ${certificate.serial.hex}, issued by ${certificate.issuer}`],
        fix:
          distribution === 'kubeadm'
            ? { text: 'On a control-plane node, as root, renew it and use the new file:', commands: ['kubeadm certs renew admin.conf'] }
            : { text: 'Get a new kubeconfig from whoever issued this one.' },
      },
    ];
  },
});
