import { defineCheck } from '../../check.ts';
import { fromNow, moment } from '../../format.ts';
import { everyUser } from '../../model.ts';

export default defineCheck({
  id: 'requestheader-ca-expired',
  title: 'the CA of the front proxy is valid',
  severity: 'error',
  modes: ['P03'],
  scope: 'apiserver',
  needs: ['now', 'requestheaderCa', 'proxyClientCert'],
  causes: { signatures: ['rejected', 'ca-expired'], symptoms: ['configmap-requestheader-missing/ca'] },
  explain: {
    looksAt: 'the dates of the CA in `--requestheader-client-ca-file` that signed the front-proxy client certificate',
    why: 'A certificate is worth nothing under an expired CA, however long its own dates still run.',
    kubernetes:
      'kube-apiserver drops an expired CA from the ConfigMap five minutes later; extension servers answer 401, `x509: certificate has expired or is not yet valid`.',
    repair:
      'Make a new front-proxy CA; publish it beside the old one on every control-plane node first, then have the client certificate signed by it.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ now, requestheaderCa, proxyClientCert }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    const signers = requestheaderCa.certificates.filter((ca) => !leaf || ca.rawSubject === leaf.rawIssuer);
    if (signers.length === 0 || signers.some((ca) => ca.notAfter > now)) return [];
    const ca = signers[0] as (typeof signers)[number];
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: the front-proxy CA \`${ca.subject}\` expired \`${moment(ca.notAfter)}\`, ${fromNow(ca.notAfter, now)}.`,
        at: { ...requestheaderCa.at, ...('file' in requestheaderCa.at && { line: ca.line }) },
        evidence: [
          `named in --${requestheaderCa.flag.name}`,
          'kube-apiserver drops it from the ConfigMap, and extension servers answer 401',
        ],
        fix: {
          text: 'Make a new front-proxy CA, put it beside the old one into this file on every control-plane node, wait until ConfigMap extension-apiserver-authentication holds it, and only then have the front-proxy client certificate signed by it.',
        },
      },
    ];
  },
});
