import { defineCheck } from '../../check.ts';
import { renewCa } from '../../distributions/fixes.ts';
import { fromNow, moment } from '../../format.ts';
import { everyUser } from '../../model.ts';
import { namedFiles } from './named-files.ts';
import { renewIntermediate } from './renew-intermediate.ts';

export default defineCheck({
  id: 'requestheader-ca-expired',
  title: 'the CAs above the front-proxy client certificate have not expired',
  severity: 'error',
  modes: ['P03'],
  scope: 'apiserver',
  needs: ['now', 'requestheaderCa', 'proxyClientCert', 'signerFaultByFlags'],
  wants: ['distribution', 'proxyClientKey'],
  causes: { signatures: ['rejected', 'ca-expired'], symptoms: ['configmap-requestheader-missing/ca'] },
  explain: {
    looksAt:
      'the validity of the CA in `--requestheader-client-ca-file` that signed the front-proxy client certificate, and of the intermediate CAs in the file of that certificate',
    why: 'A certificate of an expired CA is rejected, even if it has not expired itself.',
    kubernetes:
      'kube-apiserver removes an expired CA from the ConfigMap five minutes later; extension API servers answer 401, `x509: certificate has expired or is not yet valid`.',
    repair: 'Create a new requestheader CA and publish it on every control-plane node first. Then issue the client certificate from it.',
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ now, requestheaderCa, proxyClientCert, signerFaultByFlags, distribution, proxyClientKey }) {
    const [leaf, ...above] = proxyClientCert?.certificates ?? [];
    if (!requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    const signers = requestheaderCa.certificates.filter((ca) => !leaf || ca.rawSubject === leaf.rawIssuer);
    if (signers.some((ca) => ca.notAfter >= now)) return [];
    const byGo = signerFaultByFlags?.kind === 'expired' && signerFaultByFlags.above;
    const intermediate = byGo ? above.find((ca) => ca.notAfter < now) : undefined;
    const root = signers[0] ?? (byGo ? requestheaderCa.certificates.find((ca) => ca.notAfter < now) : undefined);
    const ca = intermediate ?? root;
    const file = intermediate && proxyClientCert ? proxyClientCert : requestheaderCa;
    if (!ca) return [];
    return [
      {
        message: `Aggregated APIs fail for ${everyUser}: the ${intermediate ? 'intermediate CA' : 'requestheader CA'} \`${ca.subject}\` expired \`${moment(ca.notAfter)}\`, ${fromNow(ca.notAfter, now)}.`,
        at: { ...file.at, ...('file' in file.at && { line: ca.line }) },
        evidence: [
          `named in --${file.flag.name}`,
          intermediate
            ? 'extension API servers find no valid chain to the requestheader CA, and answer 401'
            : 'kube-apiserver removes it from the ConfigMap, and extension API servers answer 401',
        ],
        fix: intermediate
          ? { text: renewIntermediate(ca) }
          : renewCa(distribution, {
              files: namedFiles(requestheaderCa, proxyClientCert, proxyClientKey),
              commonName: leaf?.commonName,
              expired: true,
            }),
      },
    ];
  },
});
