/** Which facts a run needs: those that its checks name, and those that its report shows besides. */
import type { FactName } from '../check.ts';
import type { AnyCheck } from '../model.ts';

/** What a report shows of the cluster, and its map of trust. */
export const reportFacts = [
  'clock',
  'now',
  'userOptions',
  'connection',
  'version',
  'clockSkew',
  'identity',
  'distribution',
  'provider',
  'upgrade',
  'authConfigMap',
  'flags',
  'nodeFiles',
  'proxyClientCert',
  'requestheaderCa',
  'signerFaultByFlags',
  'signerFaultByConfigMap',
  'apiService',
  'failure',
  'owners',
  'disagreement',
  'differing',
] as const satisfies readonly FactName[];

/** What the path of a request through an APIService shows, and its past. */
export const pathFacts = [
  'apiServices',
  'countedFailures',
  'loggedChanges',
  'warningEvents',
  'restarts',
  'discovery',
  'userRequest',
  'openAPIDocument',
  'backend',
  'backendEndpoints',
  'backendPods',
  'delegation',
  'dials',
  'serving',
  'frontProxyProbe',
  'route',
] as const satisfies readonly FactName[];

/** What these checks are handed. */
export const factsOf = (checks: readonly AnyCheck[]): readonly string[] => [
  ...new Set(checks.flatMap(({ needs, wants = [], proof }) => [...needs, ...wants, ...(proof?.needs ?? [])])),
];
