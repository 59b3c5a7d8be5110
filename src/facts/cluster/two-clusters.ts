import type { AuthenticationConfigMap, Certificate, CertificateFile, Flags, Observed } from '../../model.ts';
import { verifyChain } from '../../x509/chain.ts';
import { apiservers } from '../apiserver/apiserver.ts';
import { clientCa } from '../apiserver/client-ca.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { authConfigMap } from './auth-configmap.ts';
import { server } from './connection.ts';
import { kubeApiserverAddresses } from './kube-apiserver-addresses.ts';
import { observedAt } from './of-each.ts';
import { shownCertificate } from './server-certificate.ts';
import { version } from './version.ts';

/** The sentence that says so when a node's files and the API are not shown to be of one cluster; null: they are, or nobody can tell. */
export const strangers = fact({
  name: 'strangers',
  internal: true,
  needs: {
    server,
    version: maybe(version),
    all: maybe(apiservers),
    clientCas: maybe(each(clientCa)),
    requestheaderCas: maybe(each(requestheaderCa)),
    endpoints: maybe(kubeApiserverAddresses),
    shown: shownCertificate,
    configMap: maybe(authConfigMap),
  },
  from: ({ server, version, all, clientCas, requestheaderCas, ...around }) => {
    if (!server || !version.ok || !all.ok || !clientCas.ok || !requestheaderCas.ok) return null;
    const sentences = all.value.map(({ manifest, flags }, index) =>
      manifest.ok
        ? twoClusters({
            ...around,
            flags,
            server,
            clientCa: observedAt(clientCas.value, index),
            requestheaderCa: observedAt(requestheaderCas.value, index),
          })
        : null,
    );
    return sentences.find((one) => one !== null) ?? null;
  },
});

interface Evidence {
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
function twoClusters({ flags, server, endpoints, shown, clientCa, requestheaderCa, configMap }: Evidence): string | null {
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
