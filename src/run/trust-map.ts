/** The map of trust that stands at the head of a report: what is presented, who signed it, what is trusted, who answers. Pure. */
import type { FactsFor, Gathered } from '../check.ts';
import { day } from '../format.ts';
import type { AuthenticationConfigMap, Certificate, CertificateFile, Failure, Observed, Trust } from '../model.ts';

const had = <T>(observed: Observed<T> | undefined): T | undefined => (observed?.ok ? observed.value : undefined);

/** null when neither a kube-apiserver nor the ConfigMap nor an APIService is visible. */
export function trustMap(gathered: Gathered): Trust | null {
  const servers = serversOf(gathered);
  const services = had(gathered.apiservice)?.map(({ facts }) => facts);
  const configMap = had(gathered.cluster.authConfigMap);
  if (servers.length === 0 && !services && !configMap) return null;
  const first = presenting(servers);
  const leaf = had(first?.proxyClientCert)?.certificates[0];
  return {
    presents: leaf ? presented(leaf) : first ? withheld(first) : null,
    signedBy: leaf ? `${leaf.issuer}${isForeign(first) ? ', but not by a trusted CA' : ''}` : null,
    trusted: trusted(configMap, had(first?.requestheaderCa)),
    allowedNames: configMap?.allowedNames ?? had(first?.flags)?.byName['requestheader-allowed-names']?.list ?? null,
    extensionServers: extensionServers(services ?? []),
  };
}

/** Whether no trusted CA signed the certificate that the map shows. */
export const presentsForeign = (gathered: Gathered): boolean => isForeign(presenting(serversOf(gathered)));

const serversOf = (gathered: Gathered) => had(gathered.apiserver)?.map(({ facts }) => facts) ?? [];
/** The kube-apiserver that stands for all. */
const presenting = (servers: readonly FactsFor<'apiserver'>[]) =>
  servers.find((facts) => had(facts.proxyClientCert)?.certificates[0]) ?? servers[0];

const isForeign = (server: FactsFor<'apiserver'> | undefined) =>
  [had(server?.signerFaultByConfigMap), had(server?.signerFaultByFlags)].some((fault) => fault?.kind === 'unknown-authority');

/** Why no certificate is shown; null where only another place can tell. */
function withheld({ flags, nodeFiles }: FactsFor<'apiserver'>): string | null {
  const byName = had(flags)?.byName ?? {};
  if (!byName['proxy-client-cert-file']?.value || !byName['proxy-client-key-file']?.value) return 'no certificate: the pair is not set';
  return nodeFiles.ok ? 'no readable certificate' : null;
}

/** What extension servers trust: the ConfigMap, where it could be read. */
function trusted(configMap: AuthenticationConfigMap | null | undefined, file: CertificateFile | null | undefined): string | null {
  const words = (cas: readonly Certificate[]) => cas.map((ca) => `${ca.subject}, to ${day(ca.notAfter)}`).join('; ');
  if (configMap !== undefined) return words(configMap?.requestheaderCa ?? []) || 'no CA';
  return file ? words(file.certificates) || null : null;
}

/** Several APIServices may be one server's; it fails when one of them does. */
function extensionServers(services: readonly FactsFor<'apiservice'>[]): Trust['extensionServers'] {
  const byServer = new Map<string, (Pick<Failure, 'short'> | null | undefined)[]>();
  for (const { apiService, failure, disagreement, differing } of services) {
    const { namespace, name } = had(apiService)?.service ?? { namespace: '', name: '' };
    byServer.set(`${namespace}/${name}`, [
      ...(byServer.get(`${namespace}/${name}`) ?? []),
      had(disagreement) ? { short: 'flaps' } : had(differing) ? { short: 'in part' } : had(failure),
    ]);
  }
  const all = [...byServer.values()];
  const failing = all.flatMap((failures) => failures.find((failure) => failure) ?? []);
  const kinds = new Set(failing.map(({ short }) => short));
  return {
    total: all.length,
    serving: all.filter((failures) => failures.every((failure) => failure === null)).length,
    failing: failing.length,
    failure: kinds.size === 1 ? ([...kinds][0] ?? null) : null,
  };
}

const presented = (leaf: Certificate) => `${leaf.subject}, serial ${leaf.serial.hex}, ${leaf.key}, to ${day(leaf.notAfter)}`;
