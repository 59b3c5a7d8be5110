import type { AnyCheck } from '../../model.ts';
import allowedNamesEmptySharedCa from './allowed-names-empty-shared-ca.ts';
import allowedNamesExcludeCn from './allowed-names-exclude-cn.ts';
import authorizationNotEnforced from './authorization-not-enforced.ts';
import extraHeadersPrefixMissing from './extra-headers-prefix-missing.ts';
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
import kubeApiserverExits from './kube-apiserver-exits.ts';
import kubeApiserversDiffer from './kube-apiservers-differ.ts';
import peerProxyUnusable from './peer-proxy-unusable.ts';
import proxyClientChainNotLeafFirst from './proxy-client-chain-not-leaf-first.ts';
import proxyClientKeyMismatch from './proxy-client-key-mismatch.ts';
import proxyClientPairHalf from './proxy-client-pair-half.ts';
import proxyClientPairMissing from './proxy-client-pair-missing.ts';
import proxyClientPairUnusable from './proxy-client-pair-unusable.ts';
import redirectsNotRejected from './redirects-not-rejected.ts';
import requestheaderCaCannotSign from './requestheader-ca-cannot-sign.ts';
import requestheaderCaExpired from './requestheader-ca-expired.ts';
import requestheaderCaMissing from './requestheader-ca-missing.ts';
import requestheaderCaUnusable from './requestheader-ca-unusable.ts';
import usernameHeadersMissing from './username-headers-missing.ts';

/** In the order in which a request meets what they check. */
export const frontProxy: readonly AnyCheck[] = [
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
];
