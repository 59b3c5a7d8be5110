/** Every check, in the order a request travels; what stands earlier is repaired first. */
import type { AnyCheck } from '../model.ts';
import aggregatedDiscoveryEmpty from './aggregated-discovery-empty.ts';
import aggregatorRoutingWrong from './aggregator-routing-wrong.ts';
import allowedNamesEmptySharedCa from './allowed-names-empty-shared-ca.ts';
import allowedNamesExcludeCn from './allowed-names-exclude-cn.ts';
import anonymousAuthNotAccepted from './anonymous-auth-not-accepted.ts';
import apiregistrationNotEnabled from './apiregistration-not-enabled.ts';
import apiserviceDeletionStuck from './apiservice-deletion-stuck.ts';
import apiserviceFlaps from './apiservice-flaps.ts';
import apiserviceInTransition from './apiservice-in-transition.ts';
import apiserviceProvidersDiffer from './apiservice-providers-differ.ts';
import apiserviceStale from './apiservice-stale.ts';
import apiserviceUnavailable from './apiservice-unavailable.ts';
import apiserviceWithoutService from './apiservice-without-service.ts';
import authenticationDelegatorMissing from './authentication-delegator-missing.ts';
import authenticationReaderMissing from './authentication-reader-missing.ts';
import authorizationNotEnforced from './authorization-not-enforced.ts';
import autoscalersWithoutMetrics from './autoscalers-without-metrics.ts';
import builtInGroupShadowed from './built-in-group-shadowed.ts';
import cabundleCannotSign from './cabundle-cannot-sign.ts';
import cabundleExpired from './cabundle-expired.ts';
import cabundleNotInjected from './cabundle-not-injected.ts';
import cabundleNotSigner from './cabundle-not-signer.ts';
import cabundleUnusable from './cabundle-unusable.ts';
import clientCaMissing from './client-ca-missing.ts';
import clientCredentialsExpired from './client-credentials-expired.ts';
import configmapCaNotSigner from './configmap-ca-not-signer.ts';
import configmapEntriesNotFromKubeApiserver from './configmap-entries-not-from-kube-apiserver.ts';
import configmapEntriesStale from './configmap-entries-stale.ts';
import configmapMissing from './configmap-missing.ts';
import configmapNamesExcludeCn from './configmap-names-exclude-cn.ts';
import configmapRequestheaderMissing from './configmap-requestheader-missing.ts';
import configmapValueUnusable from './configmap-value-unusable.ts';
import crdVersionShadowed from './crd-version-shadowed.ts';
import discoveryDocumentUnusable from './discovery-document-unusable.ts';
import discoveryStale from './discovery-stale.ts';
import egressSelectorUnusable from './egress-selector-unusable.ts';
import egressSocketAbsent from './egress-socket-absent.ts';
import endpointPortNameMismatch from './endpoint-port-name-mismatch.ts';
import endpointsMissing from './endpoints-missing.ts';
import extensionServerAnswersDiffer from './extension-server-answers-differ.ts';
import extensionServerCannotStart from './extension-server-cannot-start.ts';
import extensionServerCrashes from './extension-server-crashes.ts';
import extensionServerDown from './extension-server-down.ts';
import extensionServerImageUnavailable from './extension-server-image-unavailable.ts';
import extensionServerNoAnswer from './extension-server-no-answer.ts';
import extensionServerNoRoute from './extension-server-no-route.ts';
import extensionServerNotAdmitted from './extension-server-not-admitted.ts';
import extensionServerNotHttps from './extension-server-not-https.ts';
import extensionServerNotReady from './extension-server-not-ready.ts';
import extensionServerOverloaded from './extension-server-overloaded.ts';
import extensionServerRejectsClientCa from './extension-server-rejects-client-ca.ts';
import extensionServerRejectsConnections from './extension-server-rejects-connections.ts';
import extensionServerScaledToZero from './extension-server-scaled-to-zero.ts';
import extensionServerSlow from './extension-server-slow.ts';
import extensionServerUnschedulable from './extension-server-unschedulable.ts';
import extensionServerWithoutAuthentication from './extension-server-without-authentication.ts';
import extensionServerWithoutCommonCipher from './extension-server-without-common-cipher.ts';
import extensionServerWithoutTls12 from './extension-server-without-tls-1-2.ts';
import extensionServersRejectFrontProxy from './extension-servers-reject-front-proxy.ts';
import extensionServersSeeAnonymous from './extension-servers-see-anonymous.ts';
import extraHeadersPrefixMissing from './extra-headers-prefix-missing.ts';
import filePathWrong from './file-path-wrong.ts';
import flagNotInKubeadmConfig from './flag-not-in-kubeadm-config.ts';
import flagSyntaxWrong from './flag-syntax-wrong.ts';
import flagUnknown from './flag-unknown.ts';
import flagUnknownAfterUpgrade from './flag-unknown-after-upgrade.ts';
import frontProxyCaDiffers from './front-proxy-ca-differs.ts';
import frontProxyClientExpired from './front-proxy-client-expired.ts';
import frontProxyClientExpiresSoon from './front-proxy-client-expires-soon.ts';
import frontProxyClientKeyWeak from './front-proxy-client-key-weak.ts';
import frontProxyClientNotSignedByRequestheaderCa from './front-proxy-client-not-signed-by-requestheader-ca.ts';
import frontProxyClientNotYetValid from './front-proxy-client-not-yet-valid.ts';
import frontProxyClientSignatureInsecure from './front-proxy-client-signature-insecure.ts';
import frontProxyClientWithoutClientauth from './front-proxy-client-without-clientauth.ts';
import frontProxyClientWrongIdentity from './front-proxy-client-wrong-identity.ts';
import frontProxyFileAbsent from './front-proxy-file-absent.ts';
import frontProxyFileNotMounted from './front-proxy-file-not-mounted.ts';
import frontProxyFileNotPermitted from './front-proxy-file-not-permitted.ts';
import frontProxyKeyNotPrivate from './front-proxy-key-not-private.ts';
import groupHeadersMissing from './group-headers-missing.ts';
import groupPriorityWrong from './group-priority-wrong.ts';
import groupVersionNotServed from './group-version-not-served.ts';
import headersTrustedWithoutCertificate from './headers-trusted-without-certificate.ts';
import insecureSkipHidesFaults from './insecure-skip-hides-faults.ts';
import internalTrafficPolicyWithoutPod from './internal-traffic-policy-without-pod.ts';
import kubeApiserverEndpointDown from './kube-apiserver-endpoint-down.ts';
import kubeApiserverExits from './kube-apiserver-exits.ts';
import kubeApiserverVersionsDiffer from './kube-apiserver-versions-differ.ts';
import kubeApiserversDiffer from './kube-apiservers-differ.ts';
import manifestNotAlone from './manifest-not-alone.ts';
import manifestNotApplied from './manifest-not-applied.ts';
import manifestWouldChange from './manifest-would-change.ts';
import namespacesStuck from './namespaces-stuck.ts';
import noProxyWithoutServices from './no-proxy-without-services.ts';
import openapiStuck from './openapi-stuck.ts';
import openapiUnavailable from './openapi-unavailable.ts';
import peerProxyUnusable from './peer-proxy-unusable.ts';
import proxyClientChainNotLeafFirst from './proxy-client-chain-not-leaf-first.ts';
import proxyClientKeyMismatch from './proxy-client-key-mismatch.ts';
import proxyClientPairHalf from './proxy-client-pair-half.ts';
import proxyClientPairMissing from './proxy-client-pair-missing.ts';
import proxyClientPairUnusable from './proxy-client-pair-unusable.ts';
import redirectsNotRejected from './redirects-not-rejected.ts';
import repeatedFlagDiffers from './repeated-flag-differs.ts';
import requestheaderCaCannotSign from './requestheader-ca-cannot-sign.ts';
import requestheaderCaExpired from './requestheader-ca-expired.ts';
import requestheaderCaMissing from './requestheader-ca-missing.ts';
import requestheaderCaUnusable from './requestheader-ca-unusable.ts';
import requestheaderValueEmpty from './requestheader-value-empty.ts';
import rightsGrantedToFrontProxy from './rights-granted-to-front-proxy.ts';
import serverCertificateExpired from './server-certificate-expired.ts';
import serviceIsKubeApiserver from './service-is-kube-apiserver.ts';
import serviceMissing from './service-missing.ts';
import serviceNotRoutable from './service-not-routable.ts';
import servicePortMissing from './service-port-missing.ts';
import serviceSelectsNoPods from './service-selects-no-pods.ts';
import serviceSelectsWrongPods from './service-selects-wrong-pods.ts';
import serviceTargetPortUnknown from './service-target-port-unknown.ts';
import serviceTargetPortWrong from './service-target-port-wrong.ts';
import servingCertificateExpired from './serving-certificate-expired.ts';
import servingCertificateExpiresSoon from './serving-certificate-expires-soon.ts';
import servingCertificateNamesExcludeService from './serving-certificate-names-exclude-service.ts';
import servingCertificateNotYetValid from './serving-certificate-not-yet-valid.ts';
import servingCertificateSignatureInsecure from './serving-certificate-signature-insecure.ts';
import servingCertificateWithoutServerauth from './serving-certificate-without-serverauth.ts';
import uidHeadersNotAccepted from './uid-headers-not-accepted.ts';
import userGroupsMissing from './user-groups-missing.ts';
import userIdentityWrong from './user-identity-wrong.ts';
import userRequestFails from './user-request-fails.ts';
import usernameHeadersMissing from './username-headers-missing.ts';

export const checks: readonly AnyCheck[] = [
  clientCredentialsExpired,
  serverCertificateExpired,
  manifestNotAlone,
  kubeApiserverEndpointDown,
  kubeApiserverVersionsDiffer,
  manifestNotApplied,
  flagSyntaxWrong,
  flagUnknown,
  repeatedFlagDiffers,
  filePathWrong,
  requestheaderValueEmpty,
  uidHeadersNotAccepted,
  anonymousAuthNotAccepted,
  egressSelectorUnusable,
  egressSocketAbsent,
  apiregistrationNotEnabled,
  noProxyWithoutServices,
  clientCaMissing,
  proxyClientPairMissing,
  proxyClientPairHalf,
  peerProxyUnusable,
  frontProxyFileNotMounted,
  frontProxyFileAbsent,
  frontProxyFileNotPermitted,
  proxyClientPairUnusable,
  proxyClientChainNotLeafFirst,
  proxyClientKeyMismatch,
  frontProxyKeyNotPrivate,
  frontProxyClientKeyWeak,
  requestheaderCaMissing,
  requestheaderCaUnusable,
  requestheaderCaExpired,
  allowedNamesEmptySharedCa,
  frontProxyClientExpired,
  frontProxyClientNotYetValid,
  frontProxyClientExpiresSoon,
  frontProxyClientWrongIdentity,
  frontProxyClientNotSignedByRequestheaderCa,
  requestheaderCaCannotSign,
  frontProxyClientSignatureInsecure,
  frontProxyClientWithoutClientauth,
  allowedNamesExcludeCn,
  usernameHeadersMissing,
  groupHeadersMissing,
  extraHeadersPrefixMissing,
  redirectsNotRejected,
  authorizationNotEnforced,
  kubeApiserverExits,
  kubeApiserversDiffer,
  frontProxyCaDiffers,
  configmapMissing,
  configmapValueUnusable,
  configmapRequestheaderMissing,
  configmapCaNotSigner,
  configmapNamesExcludeCn,
  configmapEntriesNotFromKubeApiserver,
  configmapEntriesStale,
  rightsGrantedToFrontProxy,
  apiserviceFlaps,
  extensionServersSeeAnonymous,
  extensionServersRejectFrontProxy,
  cabundleUnusable,
  cabundleNotInjected,
  cabundleExpired,
  apiserviceDeletionStuck,
  builtInGroupShadowed,
  crdVersionShadowed,
  groupPriorityWrong,
  apiserviceStale,
  apiserviceProvidersDiffer,
  apiserviceWithoutService,
  serviceIsKubeApiserver,
  serviceMissing,
  servicePortMissing,
  serviceNotRoutable,
  serviceSelectsNoPods,
  extensionServerScaledToZero,
  extensionServerNotAdmitted,
  extensionServerUnschedulable,
  extensionServerImageUnavailable,
  extensionServerCannotStart,
  authenticationReaderMissing,
  extensionServerCrashes,
  extensionServerNotReady,
  endpointsMissing,
  endpointPortNameMismatch,
  serviceTargetPortUnknown,
  serviceTargetPortWrong,
  serviceSelectsWrongPods,
  internalTrafficPolicyWithoutPod,
  aggregatorRoutingWrong,
  extensionServerNoRoute,
  extensionServerSlow,
  extensionServerNoAnswer,
  extensionServerRejectsConnections,
  extensionServerDown,
  extensionServerNotHttps,
  extensionServerWithoutTls12,
  extensionServerWithoutCommonCipher,
  extensionServerRejectsClientCa,
  servingCertificateExpired,
  servingCertificateNotYetValid,
  servingCertificateNamesExcludeService,
  servingCertificateSignatureInsecure,
  cabundleCannotSign,
  cabundleNotSigner,
  servingCertificateWithoutServerauth,
  servingCertificateExpiresSoon,
  insecureSkipHidesFaults,
  headersTrustedWithoutCertificate,
  extensionServerWithoutAuthentication,
  authenticationDelegatorMissing,
  extensionServerOverloaded,
  groupVersionNotServed,
  discoveryDocumentUnusable,
  discoveryStale,
  aggregatedDiscoveryEmpty,
  openapiStuck,
  openapiUnavailable,
  extensionServerAnswersDiffer,
  apiserviceUnavailable,
  apiserviceInTransition,
  userGroupsMissing,
  userIdentityWrong,
  userRequestFails,
  namespacesStuck,
  autoscalersWithoutMetrics,
  flagNotInKubeadmConfig,
  flagUnknownAfterUpgrade,
  manifestWouldChange,
];
