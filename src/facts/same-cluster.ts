/** Whether this node's files and the API belong to one cluster. Pure. */
import type { AuthenticationConfigMap, Certificate, CertificateFile, Flags, Observed } from '../model.ts';
import { verifyChain } from '../x509/chain.ts';

/** The sentence that says so when namespaces kube-system have different UIDs; what is not known (null) proves nothing. */
export function differentUids(uids: readonly (string | null)[]): string | null {
  const known = [...new Set(uids.filter((uid) => uid !== null))];
  return known.length > 1
    ? `the snapshots come from ${known.length} clusters: the UIDs of namespace kube-system are ${known.join(', ')}`
    : null;
}

export interface Evidence {
  readonly flags: Flags;
  /** URL of the kubeconfig's server. */
  readonly server: string;
  /** Addresses of Service default/kubernetes. */
  readonly endpoints: Observed<readonly { readonly address: string }[]>;
  /** What the server showed in the handshake. */
  readonly shown: Certificate | null;
  readonly clientCa: Observed<CertificateFile | null>;
  readonly requestheaderCa: Observed<CertificateFile | null>;
  readonly configMap: Observed<AuthenticationConfigMap | null>;
}

/**
 * null when they are shown to be one cluster: the flags advertise an address of Service default/kubernetes, a CA of this node signed what
 * the server shows, or a CA of this node's files is one that the API publishes (k3s and OpenShift do not advertise by a flag, and sign
 * their serving certificates by another CA). Else the sentence that names both.
 */
export function twoClusters({ flags, server, endpoints, shown, clientCa, requestheaderCa, configMap }: Evidence): string | null {
  const advertised = flags.byName['advertise-address']?.value;
  if (advertised && endpoints.ok && endpoints.value.some(({ address }) => address === advertised)) return null;
  const roots = clientCa.ok ? (clientCa.value?.certificates ?? []) : [];
  const signed = shown && verifyChain({ chain: [shown], roots, at: shown.notBefore, usage: 'serverAuth' })?.kind !== 'unknown-authority';
  if (signed && roots.length > 0) return null;
  const published = configMap.ok ? [...(configMap.value?.requestheaderCa ?? []), ...(configMap.value?.clientCa ?? [])] : [];
  const own = [...roots, ...(requestheaderCa.ok ? (requestheaderCa.value?.certificates ?? []) : [])];
  if (own.some((one) => published.some(({ fingerprint }) => fingerprint === one.fingerprint))) return null;
  const file = 'file' in flags.at ? flags.at.file : 'the manifest';
  return `${file} belongs to a kube-apiserver at ${advertised ?? 'an unknown address'}, and the kubeconfig to ${server}; they may be different clusters`;
}
