import type { AnyCheck } from '../../model.ts';
import configmapCaNotSigner from './configmap-ca-not-signer.ts';
import configmapEntriesNotFromKubeApiserver from './configmap-entries-not-from-kube-apiserver.ts';
import configmapEntriesStale from './configmap-entries-stale.ts';
import configmapMissing from './configmap-missing.ts';
import configmapNamesExcludeCn from './configmap-names-exclude-cn.ts';
import configmapRequestheaderMissing from './configmap-requestheader-missing.ts';
import configmapValueUnusable from './configmap-value-unusable.ts';
import extensionServersRejectFrontProxy from './extension-servers-reject-front-proxy.ts';
import extensionServersSeeAnonymous from './extension-servers-see-anonymous.ts';
import rightsGrantedToFrontProxy from './rights-granted-to-front-proxy.ts';

/** In the order in which a request meets what they check. */
export const authConfigmap: readonly AnyCheck[] = [
  configmapMissing,
  configmapValueUnusable,
  configmapRequestheaderMissing,
  configmapCaNotSigner,
  configmapNamesExcludeCn,
  configmapEntriesNotFromKubeApiserver,
  configmapEntriesStale,
  rightsGrantedToFrontProxy,
  extensionServersSeeAnonymous,
  extensionServersRejectFrontProxy,
];
