import type { AuthenticationConfigMap, CertificateFile, ChainFault, Flags, Observed, UnclaimedEntry } from '../../model.ts';
import { chainFaultByFlags } from '../apiserver/chain-fault-by-flags.ts';
import { flags } from '../apiserver/flags.ts';
import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { runningFlags } from '../apiserver/running-flags.ts';
import { signerFaultByConfigMap } from '../apiserver/signer-fault-by-config-map.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { authConfigMap } from './auth-configmap.ts';
import { kubeApiserverAddresses } from './kube-apiserver-addresses.ts';
import { observedAt } from './of-each.ts';

/** null: not all kube-apiservers and their files are visible from here, or one of them may rest on such an entry. */
export const unclaimedEntries = fact({
  name: 'unclaimedEntries',
  needs: {
    authConfigMap,
    addresses: maybe(kubeApiserverAddresses),
    flags: each(flags),
    runningFlags: each(runningFlags),
    proxyClientCert: each(proxyClientCert),
    requestheaderCa: each(requestheaderCa),
    chainFaultByFlags: each(chainFaultByFlags),
    signerFaultByConfigMap: each(signerFaultByConfigMap),
  },
  from: ({ authConfigMap, addresses, flags, ...all }) =>
    unclaimedAmong(
      authConfigMap,
      flags.map(({ observed }, index) => ({
        flags: observed,
        runningFlags: observedAt(all.runningFlags, index),
        proxyClientCert: observedAt(all.proxyClientCert, index),
        requestheaderCa: observedAt(all.requestheaderCa, index),
        chainFaultByFlags: observedAt(all.chainFaultByFlags, index),
        signerFaultByConfigMap: observedAt(all.signerFaultByConfigMap, index),
      })),
      addresses,
    ),
});

/** kube-apiserver sends these whatever its flags say (k8s.io/apiserver/pkg/endpoints/filters/authentication.go and kube-aggregator, v0.37.2). */
const sent: Readonly<Record<string, string>> = {
  usernameHeaders: 'X-Remote-User',
  groupHeaders: 'X-Remote-Group',
  extraHeadersPrefix: 'X-Remote-Extra-',
};
const lists = {
  allowedNames: 'requestheader-allowed-names',
  usernameHeaders: 'requestheader-username-headers',
  groupHeaders: 'requestheader-group-headers',
  extraHeadersPrefix: 'requestheader-extra-headers-prefix',
} as const;

interface Server {
  readonly flags: Observed<Flags>;
  readonly runningFlags: Observed<Flags>;
  readonly proxyClientCert: Observed<CertificateFile | null>;
  readonly requestheaderCa: Observed<CertificateFile | null>;
  readonly chainFaultByFlags: Observed<ChainFault | null>;
  readonly signerFaultByConfigMap: Observed<ChainFault | null>;
}

/** null when it cannot be told: a kube-apiserver or its files are out of sight, or a pair may rest on an entry that no flag makes. */
export function unclaimedAmong(
  configMap: AuthenticationConfigMap | null,
  apiservers: readonly Server[],
  endpoints: Observed<readonly unknown[]>,
): readonly UnclaimedEntry[] | null {
  if (!configMap || !endpoints.ok || endpoints.value.length > apiservers.length) return null;
  const known = apiservers.map((one) => visible(one, configMap.allowedNames ?? []));
  const all = known.filter((one) => one !== null);
  if (all.length === 0 || all.length < known.length || all.some(({ settled }) => !settled)) return null;
  const writer = (key: string) => configMap.writers[key] ?? null;
  const made = (flag: string) => all.flatMap(({ flags }) => flags.flatMap(({ byName }) => byName[flag]?.list ?? []));
  const cas = new Set(all.flatMap(({ cas: own }) => own.map(({ fingerprint }) => fingerprint)));
  const [caKey, foreign] = ['requestheader-client-ca-file', (configMap.requestheaderCa ?? []).filter((ca) => !cas.has(ca.fingerprint))];
  return [
    ...foreign.map((ca) => ({ key: caKey, entry: `${ca.subject}, serial ${ca.serial.hex}`, writer: writer(caKey) })),
    ...Object.entries(lists).flatMap(([fact, key]) => {
      // A kube-apiserver that allows any name makes no entry, and an earlier one for its own name keeps the list closed for others.
      const claimed = [...made(key), ...(fact === 'allowedNames' ? all.map(({ commonName }) => commonName) : [sent[fact]])];
      const values = configMap[fact as keyof typeof lists] ?? [];
      return values.filter((value) => !claimed.includes(value)).map((entry) => ({ key, entry, writer: writer(key) }));
    }),
  ];
}

/** What one kube-apiserver makes, and whether its pair is accepted, by its own flags alone and by the ConfigMap; null when that is out of sight. */
function visible(
  { flags, runningFlags, proxyClientCert, requestheaderCa, chainFaultByFlags, signerFaultByConfigMap }: Server,
  published: readonly string[],
) {
  if (!flags.ok || !proxyClientCert.ok || !requestheaderCa.ok || !chainFaultByFlags.ok || !signerFaultByConfigMap.ok) return null;
  const [leaf] = proxyClientCert.value?.certificates ?? [];
  const names = flags.value.byName['requestheader-allowed-names']?.list ?? [];
  const named = [names, published].every((list) => leaf && (list.length === 0 || list.includes(leaf.commonName)));
  const settled =
    named && requestheaderCa.value?.is === 'certificates' && chainFaultByFlags.value === null && signerFaultByConfigMap.value === null;
  const sources = runningFlags.ok ? [flags.value, runningFlags.value] : [flags.value];
  return { flags: sources, cas: requestheaderCa.value?.certificates ?? [], commonName: leaf?.commonName ?? '', settled };
}
