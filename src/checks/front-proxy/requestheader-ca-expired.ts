import { defineCheck } from '../../check.ts';
import { fromNow, moment } from '../../format.ts';
import { everyUser } from '../../model.ts';

export default defineCheck({
  id: 'requestheader-ca-expired',
  title: 'the requestheader CA has not expired',
  severity: 'error',
  modes: ['P03'],
  scope: 'apiserver',
  needs: ['now', 'requestheaderCa', 'proxyClientCert'],
  causes: { signatures: ['rejected', 'ca-expired'], symptoms: ['configmap-requestheader-missing/ca'] },
  explain: {
    looksAt: 'the validity of the CA in `--requestheader-client-ca-file` that signed the front-proxy client certificate',
    why: 'A certificate of an expired CA is rejected, even if it has not expired itself.',
    kubernetes:
      'kube-apiserver removes an expired CA from the ConfigMap five minutes later; extension API servers answer 401, `x509: certificate has expired or is not yet valid`.',
    repair:
      'Create a new requestheader CA and publish it beside the old one on every control-plane node first. Then issue the client certificate from it.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ now, requestheaderCa, proxyClientCert }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    const signers = requestheaderCa.certificates.filter((ca) => !leaf || ca.rawSubject === leaf.rawIssuer);
    if (signers.length === 0 || signers.some((ca) => ca.notAfter >= now)) return [];
    const ca = signers[0] as (typeof signers)[number];
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: the requestheader CA \`${ca.subject}\` expired \`${moment(ca.notAfter)}\`, ${fromNow(ca.notAfter, now)}.`,
        at: { ...requestheaderCa.at, ...('file' in requestheaderCa.at && { line: ca.line }) },
        evidence: [
          `named in --${requestheaderCa.flag.name}`,
          'kube-apiserver removes it from the ConfigMap, and extension API servers answer 401',
        ],
        fix: {
          text: 'Create a new requestheader CA and add it to this file on every control-plane node, beside the old one. Wait until ConfigMap extension-apiserver-authentication contains it. Only then issue the front-proxy client certificate from it.',
        },
      },
    ];
  },
});
