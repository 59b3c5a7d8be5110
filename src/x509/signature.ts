/** Whether one certificate signed another, as Go judges it. */
import { constants, verify } from 'node:crypto';
import type { X509 } from './certificate.ts';

const GO_TYPES = { RSA: '*rsa.PublicKey', ECDSA: '*ecdsa.PublicKey', Ed25519: 'ed25519.PublicKey' } as const;
const UNSUPPORTED = 'x509: cannot verify signature: algorithm unimplemented';

/**
 * Why `child` does not count as signed by `parent`, in Go's text; null when it does. Dates and names are not looked at.
 * Mirrors `CheckSignatureFrom` and `checkSignature` (crypto/x509/x509.go, Go 1.26).
 */
export const signatureFault = (child: X509, parent: X509): string | null => {
  const { version, basicConstraints, keyUsage } = parent.certificate;
  const mayNotSign = keyUsage && keyUsage.length > 0 && !keyUsage.includes('keyCertSign');
  if ((version === 3 && !basicConstraints) || basicConstraints?.ca === false || mayNotSign)
    return 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
  const { publicKey } = parent;
  const name = child.certificate.signatureAlgorithm;
  const [, hash, type] = /^(MD5|SHA\d+)-(RSA|RSAPSS|DSA)$/.exec(name) ?? [];
  const [, keyType = type?.replace('PSS', ''), digest = hash] = /^(ECDSA|DSA|Ed25519)(?:-(SHA\d+))?$/.exec(name) ?? [];
  if (publicKey.algorithm === null || !keyType) return UNSUPPORTED;
  if (digest === 'MD5' || digest === 'SHA1') return `x509: cannot verify signature: insecure algorithm ${name}`;
  if (publicKey.algorithm === 'DSA') return UNSUPPORTED;
  if (publicKey.algorithm !== keyType)
    return `x509: signature algorithm specifies an ${keyType} public key, but have public key of type ${GO_TYPES[publicKey.algorithm]}`;
  if (publicKey.algorithm === 'RSA' && publicKey.bits < 1024)
    return `crypto/rsa: ${publicKey.bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`;
  const pss = type === 'RSAPSS' ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : {};
  if (verify(digest ?? null, child.tbs, { key: publicKey.key, ...pss }, child.signature)) return null;
  return publicKey.algorithm === 'RSA' ? 'crypto/rsa: verification error' : `x509: ${publicKey.algorithm} verification failure`;
};
