/** The map of trust that stands at the head of a report: what is presented, by whom it is signed, what is trusted, who answers. Pure. */
import type { Certificate, Gathered, Observed, Trust } from '../model.ts';

const had = <T>(observed: Observed<T> | undefined): T | undefined => (observed?.ok ? observed.value : undefined);

/** null when neither a kube-apiserver nor the ConfigMap nor an APIService is visible. */
export function trustMap(gathered: Gathered): Trust | null {
  const servers = had(gathered.apiserver)?.map(({ facts }) => facts) ?? [];
  const services = had(gathered.apiservice)?.map(({ facts }) => facts);
  const configMap = had(gathered.cluster.authConfigMap);
  if (servers.length === 0 && !services && !configMap) return null;
  const first = servers.find((facts) => had(facts.proxyClientCert)?.certificates[0]) ?? servers[0];
  const leaf = had(first?.proxyClientCert)?.certificates[0];
  const ca = configMap?.requestheaderCa ?? had(first?.requestheaderCa)?.certificates ?? null;
  const failing = services?.filter((facts) => had(facts.failure));
  const failures = new Set(failing?.map((facts) => had(facts.failure)?.short ?? null));
  return {
    presents: leaf ? presented(leaf) : null,
    signedBy: leaf ? leaf.issuer : null,
    trusted: ca ? ca.map((one) => `${one.subject}, to ${day(one.notAfter)}`).join('; ') : null,
    allowedNames: configMap?.allowedNames ?? had(first?.flags)?.byName['requestheader-allowed-names']?.list ?? null,
    extensionServers: {
      total: services?.length ?? 0,
      serving: services?.filter((facts) => facts.failure.ok && facts.failure.value === null).length ?? 0,
      failing: failing?.length ?? 0,
      failure: failures.size === 1 ? ([...failures][0] ?? null) : null,
    },
  };
}

const day = (date: Date) => date.toISOString().slice(0, 10);
const presented = (leaf: Certificate) => `${leaf.subject}, serial ${leaf.serial.hex}, ${leaf.key}, to ${day(leaf.notAfter)}`;
