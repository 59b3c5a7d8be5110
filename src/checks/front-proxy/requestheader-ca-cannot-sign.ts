import { defineCheck } from '../../check.ts';
import { type Certificate, everyUser } from '../../model.ts';
import { hidden, unread } from '../auth-configmap/configmap-union.ts';
import { reissueCa } from './reissue-ca.ts';

export default defineCheck({
  id: 'requestheader-ca-cannot-sign',
  title: 'the CA above the front-proxy client certificate may sign it',
  severity: 'error',
  modes: ['P07', 'P17'],
  scope: 'apiserver',
  needs: ['signerFaultByFlags', 'proxyClientCert', 'requestheaderCa'],
  wants: ['signerFaultByConfigMap', 'authConfigMap'],
  causes: { signatures: ['rejected'], symptoms: ['configmap-ca-not-signer'] },
  explain: {
    looksAt:
      'basicConstraints (CA:TRUE, path length), keyUsage (keyCertSign) and name constraints of the CAs between the front-proxy client certificate and `--requestheader-client-ca-file`',
    why: 'A CA certificate without these bits is useless: openssl creates such certificates without a warning, but Go does not accept them as CAs.',
    kubernetes:
      'kube-apiserver does not check this. Extension API servers answer 401 and log `x509: certificate signed by unknown authority (possibly because of "x509: invalid signature: parent certificate cannot sign this kind of certificate" …)`, `x509: too many intermediates for path length constraint`, or `… is not authorized to sign for this name`.',
    repair:
      'Reissue the CA certificate with the same key and name, with CA:TRUE and keyCertSign and without the constraint. The certificates that it signed stay valid.',
    mirrors: 'crypto/x509, x509.go (CheckSignatureFrom) and verify.go (isValid), go1.26',
  },
  run({ signerFaultByFlags, proxyClientCert, requestheaderCa, signerFaultByConfigMap, authConfigMap }) {
    const leaf = proxyClientCert?.certificates[0];
    if (!proxyClientCert || !leaf || !requestheaderCa || requestheaderCa.certificates.length === 0) return null;
    const may =
      signerFaultByFlags?.kind === 'constraint' ||
      signerFaultByFlags?.kind === 'not-authorized-to-sign' ||
      /cannot sign/.test(signerFaultByFlags?.text ?? '');
    if (!signerFaultByFlags || !may) return [];
    const inTheWay = (one: Certificate) => lacks(one, signerFaultByFlags.text) !== undefined;
    const root = requestheaderCa.certificates.find(inTheWay);
    const ca = root ?? proxyClientCert.certificates.slice(1).find(inTheWay);
    const file = root ? requestheaderCa : proxyClientCert;
    const masked = signerFaultByConfigMap === null && Boolean(authConfigMap?.requestheaderCa?.length);
    const because = `${ca ? `\`${ca.subject}\` ${lacks(ca, signerFaultByFlags.text)}` : 'a CA above the certificate may not sign it'}, in \`${file.path}\``;
    return [
      {
        message: masked
          ? `Aggregated APIs work only while ConfigMap \`extension-apiserver-authentication\` keeps another CA that makes the chain valid: ${because}.`
          : `Aggregated APIs fail for ${everyUser}: ${because}.`,
        at: { ...file.at, ...(ca && 'file' in file.at && { line: ca.line }) },
        evidence: [
          `extension API servers log \`${signerFaultByFlags.text}\``,
          `certificate: ${leaf.subject}, serial ${leaf.serial.hex} (SN=${leaf.serial.decimal}), issued by ${leaf.issuer}`,
          ...unread(authConfigMap),
        ],
        fix: reissueCa(
          root && requestheaderCa.certificates.length === 1 ? requestheaderCa.hostPath : null,
          proxyClientCert.hostPath,
          proxyClientCert.certificates.find((one) => one.rawIssuer === root?.rawSubject)?.authorityKeyId,
        ),
        ...hidden(masked),
      },
    ];
  },
});

/** Why Go rejects signatures of this CA, given Go's error; undefined for a CA without this fault. */
function lacks({ version, basicConstraints, keyUsage, nameConstraints }: Certificate, text: string): string | undefined {
  if (/path length/.test(text))
    return basicConstraints?.pathLength == null ? undefined : `allows only ${basicConstraints.pathLength} CAs below it (path length)`;
  if (/for this name/.test(text)) return nameConstraints ? 'allows only certain names (name constraints)' : undefined;
  if (basicConstraints?.ca === false || (version === 3 && !basicConstraints)) return 'is not a CA certificate (it lacks CA:TRUE)';
  return keyUsage?.length && !keyUsage.includes('keyCertSign') ? 'may not sign (its keyUsage lacks keyCertSign)' : undefined;
}
