import { defineCheck, defineProof } from '../../check.ts';
import { fixFrontProxy } from '../../distributions/fix-front-proxy.ts';
import { replaceFrontProxy } from '../../distributions/fixes.ts';
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
  needs: ['signerFaultByFlags', 'proxyClientCert', 'requestheaderCa', 'clientCaIdentity'],
  wants: ['signerFaultByConfigMap', 'authConfigMap', 'distribution', 'frontProxyRemedy'],
  proof: defineProof({
    needs: ['loggedRejection', 'authConfigMap', 'distribution'],
    run: ({ loggedRejection, authConfigMap, distribution }) =>
      provenBy(loggedRejection, 'unknown-authority', ({ authorityKeyId }) => ({
        because: 'no CA that extension API servers trust signed the front-proxy client certificate',
        evidence: [
          `trusted by ConfigMap extension-apiserver-authentication: ${list(
            (authConfigMap?.requestheaderCa ?? []).map(
              (ca) => `${ca.subject}${ca.subjectKeyId ? ` (key id ${ca.subjectKeyId.slice(0, 12)}…)` : ''}`,
            ),
          )}`,
          ...(authorityKeyId ? [`the certificate names the issuer key id ${authorityKeyId.slice(0, 12)}…`] : []),
        ],
        fix: replaceFrontProxy(distribution),
      })),
  }),
  causes: { signatures: ['rejected'], symptoms: ['user-identity-wrong', 'configmap-ca-not-signer'] },
  explain: {
    looksAt:
      "the chain from `--proxy-client-cert-file` to `--requestheader-client-ca-file`, verified as Go's crypto/x509 does, at a time when the certificate is valid",
    why: 'Extension API servers trust only certificates signed by a CA in that file.',
    kubernetes:
      'kube-apiserver does not compare the two. Extension API servers answer 401 and log `x509: certificate signed by unknown authority`. A CA from an earlier start that is still in the ConfigMap can hide the fault.',
    repair:
      'Issue the client certificate from the CA in the flag, or set the flag to the CA that signed it, on every control-plane node. If an intermediate CA is missing, append its certificate after the leaf.',
    mirrors: 'crypto/x509, verify.go, go1.26; k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({
    signerFaultByFlags,
    proxyClientCert,
    requestheaderCa,
    clientCaIdentity,
    signerFaultByConfigMap,
    authConfigMap,
    distribution,
    frontProxyRemedy,
  }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf || !requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    if (!signerFaultByFlags || signerFaultByFlags.kind === 'incompatible-usage' || signerFaultByFlags.kind === 'expired') return [];
    // Those faults have their own checks, because their fixes differ.
    if (clientCaIdentity || maySign.includes(signerFaultByFlags.kind) || /cannot sign|insecure algorithm/.test(signerFaultByFlags.text))
      return [];
    const masked = signerFaultByConfigMap === null && Boolean(authConfigMap?.requestheaderCa?.length);
    // The CA did sign, but Go rejects the signature with the same message and a hint.
    const invalid = signerFaultByFlags.kind !== 'unknown-authority' || /insecure/.test(signerFaultByFlags.text);
    const because = invalid
      ? `no valid chain leads from the front-proxy client certificate to the CA in \`${requestheaderCa.path}\``
      : `the CA in \`${requestheaderCa.path}\` did not sign the front-proxy client certificate`;
    return [
      {
        message: masked
          ? `Aggregated APIs work only while ConfigMap \`extension-apiserver-authentication\` keeps another CA that makes the chain valid: ${because}.`
          : `Aggregated APIs fail for ${everyUser}: ${because}.`,
        at: proxyClientCert.at,
        evidence: [
          `extension API servers log \`${signerFaultByFlags.text}\``,
          `certificate: ${leaf.subject}, serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          `CA: ${list(requestheaderCa.certificates.map((ca) => ca.subject))}`,
          ...likeness(signerFaultByFlags, proxyClientCert.certificates, requestheaderCa.certificates),
          ...unread(authConfigMap),
        ],
        fix: fixFrontProxy(frontProxyRemedy, distribution),
        ...hidden(masked),
      },
    ];
  },
});
