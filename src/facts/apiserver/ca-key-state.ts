import { caKeyBeside } from '../../distributions/openssl-front-proxy.ts';
import type { CertificateFile, FrontProxyIssue } from '../../model.ts';
import { sha256 } from '../../x509/certificate.ts';
import { pemBlocks } from '../../x509/pem.ts';
import type { StandardFrontProxy } from './standard-front-proxy.ts';

/** Whether the key of the CA is on this node, and which certificate of the CA's file it belongs to. */
export function caKeyState(ca: CertificateFile | null, keys: StandardFrontProxy['caKeys'], now: Date): FrontProxyIssue['caKey'] {
  const path = ca?.hostPath ? caKeyBeside(ca.hostPath) : null;
  const answer = path === null ? undefined : keys[path];
  const all = ca?.certificates ?? [];
  const first = all[0];
  if (!answer?.ok) return { path, is: first && !maySign(first, now) ? 'unfit' : 'unknown', lines: null };
  if (answer.value.is === 'absent' || answer.value.is === 'directory') return { path, is: 'absent', lines: null };
  const [half] = 'publicKey' in answer.value && answer.value.publicKey ? pemBlocks(answer.value.publicKey) : [];
  const owners = half ? all.filter(({ publicKeySha256 }) => publicKeySha256 === sha256(half.bytes)) : [];
  const owner = owners.find((one) => maySign(one, now));
  if (!owner) return { path, is: owners.length > 0 ? 'unfit' : 'other', lines: null };
  const next = all.find(({ line }) => line > owner.line)?.line;
  return { path, is: 'fits', lines: owner === first ? null : { from: owner.line, to: next ? next - 1 : '$' } };
}

/** As `IsCA`, keyUsage and the dates are checked when a chain is verified. */
const maySign = ({ basicConstraints, keyUsage, notAfter }: CertificateFile['certificates'][number], now: Date): boolean =>
  basicConstraints?.ca === true && (!keyUsage?.length || keyUsage.includes('keyCertSign')) && notAfter >= now;
