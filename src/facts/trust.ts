/** Whether extension servers accept the front-proxy certificate: Go's judgement of the pair against the flags and the ConfigMap. Pure. */
import type { ApiserverFacts, AuthenticationConfigMap, CertificateFile, ChainFault, KeyFile, Observed } from '../model.ts';
import { readPair } from '../x509/bundle.ts';
import { sha256 } from '../x509/certificate.ts';
import { secondFault, verifyChain } from '../x509/chain.ts';
import { pemBlocks } from '../x509/pem.ts';

type Pair = { readonly cert: Observed<CertificateFile | null>; readonly key: Observed<KeyFile | null> };
type Derived = Pick<ApiserverFacts, 'pairFault' | 'flagsTrust' | 'flagsSigner' | 'configMapSigner'>;
type Verdicts = { readonly [N in keyof Derived]: Observed<Derived[N]> };

/** Each verdict is null (no fault) when the question does not arise, because a file or a flag that has a check of its own is missing. */
export function judgeTrust(
  { cert, key }: Pair,
  requestheaderCa: Observed<CertificateFile | null>,
  configMap: Observed<AuthenticationConfigMap | null>,
  now: Date,
): Verdicts {
  const chain = cert.ok ? (cert.value?.certificates ?? []) : [];
  const at = now;
  const against = (roots: Observed<readonly CertificateFile['certificates'][number][]>, because: 'requestheaderCa' | 'authConfigMap') => {
    if (!cert.ok) return notKnown('proxyClientCert');
    if (!roots.ok) return notKnown(because);
    const asked = chain.length > 0 && roots.value.length > 0;
    return { ok: true as const, value: asked ? { chain, roots: roots.value, at } : null };
  };
  const judged = (of: ReturnType<typeof against>, judge: typeof verifyChain): Observed<ChainFault | null> =>
    of.ok ? { ok: true, value: of.value && judge({ ...of.value, usage: 'clientAuth' }) } : of;
  const byFlags = against(
    requestheaderCa.ok ? { ok: true, value: requestheaderCa.value?.certificates ?? [] } : requestheaderCa,
    'requestheaderCa',
  );
  const byConfigMap = against(configMap.ok ? { ok: true, value: configMap.value?.requestheaderCa ?? [] } : configMap, 'authConfigMap');
  return {
    pairFault: pairFault({ cert, key }),
    flagsTrust: judged(byFlags, verifyChain),
    flagsSigner: judged(byFlags, secondFault),
    configMapSigner: judged(byConfigMap, secondFault),
  };
}

const notKnown = (because: 'proxyClientCert' | 'proxyClientKey' | 'requestheaderCa' | 'authConfigMap') =>
  ({ ok: false, why: 'excluded', message: '', because }) as const;

/** Half a pair is never opened by kube-apiserver, and a file that is not there has a check of its own. */
function pairFault({ cert, key }: Pair): Verdicts['pairFault'] {
  if (!cert.ok) return notKnown('proxyClientCert');
  if (!key.ok) return notKnown('proxyClientKey');
  const [certFile, keyFile] = [cert.value, key.value];
  if (!certFile || !keyFile?.answer || certFile.is === 'absent' || certFile.is === 'not-mounted') return { ok: true, value: null };
  const fault = readPair(certFile, keyFile);
  const leaf = fault?.in === 'pair' && ownerOf(keyFile, certFile);
  return { ok: true, value: fault && { text: fault.text, file: fault.in === 'key' ? keyFile : certFile, ...(leaf && { leaf }) } };
}

/** The certificate, wherever it stands in the file, that the key belongs to. */
function ownerOf({ answer }: KeyFile, { certificates }: CertificateFile) {
  const [half] = answer && 'publicKey' in answer && answer.publicKey !== undefined ? pemBlocks(answer.publicKey) : [];
  return half && certificates.find(({ publicKeySha256 }) => publicKeySha256 === sha256(half.bytes));
}
