import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { likeness } from '../front-proxy/look-alikes.ts';

const unpublished =
  'by the flags of this kube-apiserver the certificate is sound: its CA has not reached the ConfigMap, or was taken out of it';

export default defineCheck({
  id: 'configmap-ca-not-signer',
  title: "the ConfigMap holds the CA of this node's front-proxy client certificate",
  severity: 'error',
  modes: ['P15', 'P16', 'M04', 'G02'],
  scope: 'apiserver',
  needs: ['configMapSigner', 'proxyClientCert', 'authConfigMap'],
  wants: ['clientCaIdentity', 'flagsSigner', 'requestheaderCa'],
  causes: { signatures: ['rejected'], symptoms: ['user-identity-wrong'] },
  explain: {
    looksAt:
      "the chain from the node's front-proxy client certificate to the CAs in ConfigMap kube-system/extension-apiserver-authentication, judged as Go's crypto/x509 does",
    why: 'What extension servers trust is what the ConfigMap says, not what a flag of kube-apiserver says.',
    kubernetes:
      'kube-apiserver adds its own CA to the ConfigMap within a minute. Extension servers answer 401 and log `x509: certificate signed by unknown authority`.',
    repair: 'Repair the flags first. If they are right, see who edits the ConfigMap, or why kube-apiserver cannot write it.',
    mirrors: 'crypto/x509, verify.go, go1.26; k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ configMapSigner, proxyClientCert, authConfigMap, clientCaIdentity, flagsSigner, requestheaderCa }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!leaf || !authConfigMap?.requestheaderCa?.length) return null;
    if (!configMapSigner || configMapSigner.kind === 'incompatible-usage' || configMapSigner.kind === 'expired') return [];
    return [
      {
        message: `Extension servers do not take this node's kube-apiserver for the front proxy: no CA in ConfigMap \`kube-system/extension-apiserver-authentication\` vouches for its front-proxy client certificate \`${leaf.subject}\`.`,
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data[requestheader-client-ca-file]' },
        evidence: [
          `${clientCaIdentity ? 'the verdict on the chain' : 'extension servers log'} \`${configMapSigner.text}\``,
          `the ConfigMap trusts ${list(
            authConfigMap.requestheaderCa.map((ca) => ca.subject),
            { most: 3 },
          )}`,
          `presented: serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          // A fault by the flags has a check of its own.
          ...(flagsSigner === null && requestheaderCa?.certificates.length
            ? [...likeness(configMapSigner, proxyClientCert.certificates, authConfigMap.requestheaderCa), unpublished]
            : []),
        ],
        fix: {
          text: 'See whose hand is in the ConfigMap: kube-apiserver itself adds its CA within a minute.',
          commands: ['kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml --show-managed-fields'],
        },
      },
    ];
  },
});
