import { defineCheck, defineProof } from '../../check.ts';
import { reissueFrontProxy, renewFrontProxyClient } from '../../distributions/fixes.ts';
import { list } from '../../format.ts';
import { everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { provenBy } from './log-evidence.ts';
import { likeness } from './look-alikes.ts';

const maySign: readonly string[] = ['not-authorized-to-sign', 'constraint'];

export default defineCheck({
  id: 'front-proxy-client-not-signed-by-requestheader-ca',
  title: 'the requestheader CA signed the front-proxy client certificate',
  severity: 'error',
  modes: ['F09', 'P04', 'P08', 'P11', 'P15'],
  scope: 'apiserver',
  needs: ['flagsSigner', 'proxyClientCert', 'requestheaderCa', 'clientCaIdentity'],
  wants: ['configMapSigner', 'authConfigMap', 'distribution'],
  proof: defineProof({
    needs: ['loggedRejection', 'authConfigMap'],
    run: ({ loggedRejection, authConfigMap }) =>
      provenBy(loggedRejection, 'unknown-authority', ({ authorityKeyId }) => ({
        because: 'no CA that extension servers trust signed the front-proxy client certificate',
        evidence: [
          `trusted by ConfigMap extension-apiserver-authentication: ${list(
            (authConfigMap?.requestheaderCa ?? []).map(
              (ca) => `${ca.subject}${ca.subjectKeyId ? ` (key id ${ca.subjectKeyId.slice(0, 12)}…)` : ''}`,
            ),
          )}`,
          ...(authorityKeyId ? [`the certificate names as its issuer's key id ${authorityKeyId.slice(0, 12)}…`] : []),
        ],
        fix: renewFrontProxyClient(null),
      })),
  }),
  causes: { signatures: ['rejected'], symptoms: ['user-identity-wrong', 'configmap-ca-not-signer'] },
  explain: {
    looksAt:
      "the chain from `--proxy-client-cert-file` to `--requestheader-client-ca-file`, judged as Go's crypto/x509 does, at a moment when the certificate is valid",
    why: 'Extension servers trust only what a CA of that file signed.',
    kubernetes:
      'kube-apiserver does not compare the two. Extension servers answer 401 and log `x509: certificate signed by unknown authority`. A CA of an earlier start that is still in the ConfigMap can hide it.',
    repair:
      'Have the client certificate signed by the CA that the flag names, or name the CA that signed it; the same on every control-plane node.',
    mirrors: 'crypto/x509, verify.go, go1.26; k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ flagsSigner, proxyClientCert, requestheaderCa, clientCaIdentity, configMapSigner, authConfigMap, distribution }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf || !requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    if (!flagsSigner || flagsSigner.kind === 'incompatible-usage' || flagsSigner.kind === 'expired') return [];
    // Those have checks of their own: each is repaired elsewhere.
    if (clientCaIdentity || maySign.includes(flagsSigner.kind) || /cannot sign|insecure algorithm/.test(flagsSigner.text)) return [];
    const masked = configMapSigner === null && Boolean(authConfigMap?.requestheaderCa?.length);
    // It did sign, and counts for nothing: Go hints at that behind the same words.
    const invalid = flagsSigner.kind !== 'unknown-authority' || /insecure/.test(flagsSigner.text);
    const because = invalid
      ? `no valid chain leads from the front-proxy client certificate to the CA in \`${requestheaderCa.path}\``
      : `the CA in \`${requestheaderCa.path}\` did not sign the front-proxy client certificate`;
    return [
      {
        message: masked
          ? `Aggregated APIs work only as long as ConfigMap \`extension-apiserver-authentication\` keeps another CA, with which the chain is valid: ${because}.`
          : `Aggregated APIs fail for ${everyUser}: ${because}.`,
        at: proxyClientCert.at,
        evidence: [
          `extension servers log \`${flagsSigner.text}\``,
          `certificate: ${leaf.subject}, serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          `CA: ${list(requestheaderCa.certificates.map((ca) => ca.subject))}`,
          ...likeness(flagsSigner, proxyClientCert.certificates, requestheaderCa.certificates),
          ...unread(authConfigMap),
        ],
        fix: reissueFrontProxy(distribution, proxyClientCert.hostPath ?? proxyClientCert.path),
        ...hidden(masked),
      },
    ];
  },
});
