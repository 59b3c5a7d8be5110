/** The files that kube-apiserver's flags name: where they lie on the node, what is in them, and whether kube-apiserver can load them. */
import type { Answer, Ask, CertificateFile, Flag, KeyFile, NamedFile, Observed } from '../../model.ts';
import { readBundle, readCaBundle } from '../../x509/bundle.ts';
import { hostPathOf, type VolumeMount } from '../shared/read-manifest.ts';

/** Where a flag's path lies on the node, by the container's mounts. */
function locate(flag: Flag, mounts: readonly VolumeMount[], node: string): NamedFile {
  const hostPath = hostPathOf(flag.value, mounts);
  return { flag, path: flag.value, hostPath, at: hostPath ? { file: hostPath, node } : flag.at };
}

/** How kube-apiserver reads a file: as a bundle of CAs, of which each block must parse, or as a leaf with what follows it. */
type Content = 'bundle' | 'chain';

/** A file of certificates; null when the flag is not set. */
export async function certificateFile(
  ask: Ask,
  flag: Flag | undefined,
  content: Content,
  mounts: readonly VolumeMount[],
  node: string,
): Promise<Observed<CertificateFile | null>> {
  if (!flag?.value) return { ok: true, value: null };
  const file = locate(flag, mounts, node);
  if (!file.hostPath) return { ok: true, value: { ...file, is: 'not-mounted', certificates: [] } };
  const answer = await ask({ kind: 'file', path: file.hostPath });
  return answer.ok ? { ok: true, value: { ...file, answer: answer.value, ...certificatesIn(answer.value, flag, content) } } : answer;
}

function certificatesIn(answer: Answer['file'], flag: Flag, content: Content): Pick<CertificateFile, 'is' | 'certificates' | 'fault'> {
  if (answer.is === 'absent') return { is: 'absent', certificates: [] };
  if (answer.is === 'directory') return { is: 'unusable', certificates: [], fault: `read ${flag.value}: is a directory` };
  if (answer.is === 'binary') return { is: 'unusable', certificates: [], fault: noPem };
  const { certificates, fault } =
    content === 'bundle' ? readBundle(answer.text, `request-header::${flag.value}`) : readCaBundle(answer.text);
  return { is: fault ? 'unusable' : 'certificates', certificates, ...(fault && { fault }) };
}
const noPem = 'data does not contain any valid RSA or ECDSA certificates';

/** The key of the pair, of which only the form and the public half are known here; null when the flag is not set. */
export async function keyFile(
  ask: Ask,
  flag: Flag | undefined,
  mounts: readonly VolumeMount[],
  node: string,
): Promise<Observed<KeyFile | null>> {
  if (!flag?.value) return { ok: true, value: null };
  const file = locate(flag, mounts, node);
  if (!file.hostPath) return { ok: true, value: { ...file, is: 'not-mounted' } };
  const answer = await ask({ kind: 'key', path: file.hostPath });
  if (!answer.ok) return answer;
  return { ok: true, value: { ...file, is: answer.value.is === 'absent' ? 'absent' : 'key', answer: answer.value } };
}
