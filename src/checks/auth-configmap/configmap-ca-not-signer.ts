import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { likeness } from '../front-proxy/look-alikes.ts';

const unpublished =
  'the certificate is valid by the flags of this kube-apiserver: its CA has not reached the ConfigMap, or was removed from it';

export default defineCheck({
  id: 'configmap-ca-not-signer',
  title: "the ConfigMap contains the CA that signed this node's front-proxy client certificate",
  severity: 'error',
  modes: ['P15', 'P16', 'M04', 'G02'],
  scope: 'apiserver',
  needs: ['signerFaultByConfigMap', 'proxyClientCert', 'authConfigMap'],
  wants: ['clientCaIdentity', 'signerFaultByFlags', 'requestheaderCa'],
  causes: { signatures: ['rejected'], symptoms: ['user-identity-wrong'] },
  explain: {
    looksAt:
      "the chain from the node's front-proxy client certificate to the CAs in ConfigMap kube-system/extension-apiserver-authentication, verified as Go's crypto/x509 does",
    why: "Extension API servers trust the CAs in the ConfigMap, not those in kube-apiserver's flags.",
    kubernetes:
      'kube-apiserver adds its own CA to the ConfigMap within a minute. Extension API servers answer 401 and log `x509: certificate signed by unknown authority`.',
    repair: 'Fix the flags first. If they are right, find out who edits the ConfigMap, or why kube-apiserver cannot write it.',
    mirrors: 'crypto/x509, verify.go, go1.26; k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ signerFaultByConfigMap, proxyClientCert, authConfigMap, clientCaIdentity, signerFaultByFlags, requestheaderCa }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!leaf || !authConfigMap?.requestheaderCa?.length) return null;
    if (!signerFaultByConfigMap || signerFaultByConfigMap.kind === 'incompatible-usage' || signerFaultByConfigMap.kind === 'expired')
      return [];
    return [
      {
        message: `Extension API servers reject this node's kube-apiserver as front proxy: no CA in ConfigMap \`kube-system/extension-apiserver-authentication\` signed its front-proxy client certificate \`${leaf.subject}\`.`,
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication', field: 'data[requestheader-client-ca-file]' },
        evidence: [
          `${clientCaIdentity ? 'Go rejects the chain with' : 'extension API servers log'} \`${signerFaultByConfigMap.text}\``,
          `the ConfigMap trusts ${list(
            authConfigMap.requestheaderCa.map((ca) => ca.subject),
            { most: 3 },
          )}`,
          `presented: serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          // Faults in the flags have their own checks.
          ...(signerFaultByFlags === null && requestheaderCa?.certificates.length
            ? [...likeness(signerFaultByConfigMap, proxyClientCert.certificates, authConfigMap.requestheaderCa), unpublished]
            : []),
        ],
        fix: {
          text: 'Wait a few minutes: kube-apiserver adds its CA to the ConfigMap by itself. If it is missing again, find out who edits the ConfigMap:',
          commands: [sh`kubectl -n kube-system get configmap extension-apiserver-authentication -o yaml --show-managed-fields`],
        },
      },
    ];
  },
});
