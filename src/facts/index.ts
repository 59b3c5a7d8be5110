/** Every fact that a check may name, by its name and in the order of reports. Its type follows from its declaration. */

import { authenticationConfig } from './apiserver/authentication-config.ts';
import { chainFaultByFlags } from './apiserver/chain-fault-by-flags.ts';
import { clientCa } from './apiserver/client-ca.ts';
import { clientCaIdentity } from './apiserver/client-ca-identity.ts';
import { commandLine } from './apiserver/command-line.ts';
import { duplicateManifests } from './apiserver/duplicate-manifests.ts';
import { egressSelector } from './apiserver/egress-selector.ts';
import { flags } from './apiserver/flags.ts';
import { frontProxyChain } from './apiserver/front-proxy-chain.ts';
import { frontProxyRemedy } from './apiserver/front-proxy-remedy.ts';
import { lastExit } from './apiserver/last-exit.ts';
import { minorVersion } from './apiserver/minor-version.ts';
import { nodeFiles } from './apiserver/node-files.ts';
import { pairFault } from './apiserver/pair-fault.ts';
import { proposedManifest } from './apiserver/proposed-manifest.ts';
import { proxied } from './apiserver/proxied.ts';
import { proxyClientCert } from './apiserver/proxy-client-cert.ts';
import { proxyClientKey } from './apiserver/proxy-client-key.ts';
import { requestheaderCa } from './apiserver/requestheader-ca.ts';
import { runningFlags } from './apiserver/running-flags.ts';
import { servingCert } from './apiserver/serving-cert.ts';
import { signerFaultByConfigMap } from './apiserver/signer-fault-by-config-map.ts';
import { signerFaultByFlags } from './apiserver/signer-fault-by-flags.ts';
import { acceptedBy } from './apiservice/accepted-by.ts';
import { answeredBy } from './apiservice/answered-by.ts';
import { apiService } from './apiservice/api-service.ts';
import { backend } from './apiservice/backend.ts';
import { backendEndpoints } from './apiservice/backend-endpoints.ts';
import { backendEvents } from './apiservice/backend-events.ts';
import { backendPods } from './apiservice/backend-pods.ts';
import { backendWorkloads } from './apiservice/backend-workloads.ts';
import { customResources } from './apiservice/custom-resources.ts';
import { delegation } from './apiservice/delegation.ts';
import { dials } from './apiservice/dials.ts';
import { differing } from './apiservice/differing.ts';
import { disagreement } from './apiservice/disagreement.ts';
import { discovery } from './apiservice/discovery.ts';
import { exitMessages } from './apiservice/exit-messages.ts';
import { failure } from './apiservice/failure.ts';
import { frontProxyProbe } from './apiservice/front-proxy-probe.ts';
import { networkPolicies } from './apiservice/network-policies.ts';
import { openAPIDocument } from './apiservice/open-api-document.ts';
import { owners } from './apiservice/owners.ts';
import { product } from './apiservice/product.ts';
import { providerDependency } from './apiservice/provider-dependency.ts';
import { repeated } from './apiservice/repeated.ts';
import { route } from './apiservice/route.ts';
import { scraping } from './apiservice/scraping.ts';
import { serverLog } from './apiservice/server-log.ts';
import { serving } from './apiservice/serving.ts';
import { servingFaults } from './apiservice/serving-faults.ts';
import { slowAnswer } from './apiservice/slow-answer.ts';
import { tunnelAgents } from './apiservice/tunnel-agents.ts';
import { userRequest } from './apiservice/user-request.ts';
import { apiServices } from './cluster/api-services.ts';
import { authConfigMap } from './cluster/auth-configmap.ts';
import { authDelegators } from './cluster/auth-delegators.ts';
import { autoscalersWithoutMetrics } from './cluster/autoscalers-without-metrics.ts';
import { clientCredentials } from './cluster/client-credentials.ts';
import { clock } from './cluster/clock.ts';
import { clockSkew } from './cluster/clock-skew.ts';
import { commonFailure } from './cluster/common-failure.ts';
import { connection } from './cluster/connection.ts';
import { countedFailures } from './cluster/counted-failures.ts';
import { distribution } from './cluster/distribution.ts';
import { endpoints } from './cluster/endpoints.ts';
import { frontProxyGrants } from './cluster/front-proxy-grants.ts';
import { identity } from './cluster/identity.ts';
import { kubeApiserverAddresses } from './cluster/kube-apiserver-addresses.ts';
import { kubeadmConfig } from './cluster/kubeadm-config.ts';
import { loggedChanges } from './cluster/logged-changes.ts';
import { loggedRejection } from './cluster/logged-rejection.ts';
import { now } from './cluster/now.ts';
import { openAPIList } from './cluster/open-api-list.ts';
import { pendingCertificates } from './cluster/pending-certificates.ts';
import { provider } from './cluster/provider.ts';
import { publishedVersions } from './cluster/published-versions.ts';
import { restarts } from './cluster/restarts.ts';
import { serverCertificate } from './cluster/server-certificate.ts';
import { sharedCa } from './cluster/shared-ca.ts';
import { stuckNamespaces } from './cluster/stuck-namespaces.ts';
import { unclaimedEntries } from './cluster/unclaimed-entries.ts';
import { untrustedPeers } from './cluster/untrusted-peers.ts';
import { upgrade } from './cluster/upgrade.ts';
import { version } from './cluster/version.ts';
import { warningEvents } from './cluster/warning-events.ts';
import { manifests, userOptions } from './shared/inputs.ts';

export const facts = {
  // Of the cluster.
  clock,
  now,
  userOptions,
  manifests,
  connection,
  version,
  clockSkew,
  identity,
  distribution,
  provider,
  serverCertificate,
  clientCredentials,
  authConfigMap,
  sharedCa,
  unclaimedEntries,
  countedFailures,
  loggedChanges,
  warningEvents,
  restarts,
  commonFailure,
  upgrade,
  kubeadmConfig,
  loggedRejection,
  kubeApiserverAddresses,
  endpoints,
  stuckNamespaces,
  autoscalersWithoutMetrics,
  pendingCertificates,
  untrustedPeers,
  frontProxyGrants,
  authDelegators,
  apiServices,
  publishedVersions,
  openAPIList,
  // Of each kube-apiserver.
  flags,
  runningFlags,
  minorVersion,
  nodeFiles,
  proxyClientCert,
  proxyClientKey,
  requestheaderCa,
  clientCa,
  servingCert,
  commandLine,
  egressSelector,
  authenticationConfig,
  duplicateManifests,
  lastExit,
  proxied,
  proposedManifest,
  pairFault,
  chainFaultByFlags,
  signerFaultByFlags,
  signerFaultByConfigMap,
  clientCaIdentity,
  frontProxyRemedy,
  frontProxyChain,
  // Of each APIService.
  apiService,
  discovery,
  failure,
  disagreement,
  differing,
  product,
  repeated,
  slowAnswer,
  tunnelAgents,
  userRequest,
  scraping,
  providerDependency,
  openAPIDocument,
  backend,
  backendEndpoints,
  backendPods,
  delegation,
  customResources,
  dials,
  serving,
  frontProxyProbe,
  networkPolicies,
  backendWorkloads,
  backendEvents,
  exitMessages,
  route,
  servingFaults,
  serverLog,
  answeredBy,
  owners,
  acceptedBy,
};
