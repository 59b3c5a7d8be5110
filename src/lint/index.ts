/** The checks of manifests, in the order in which a request meets what they check. */
import { checks } from '../checks/index.ts';
import type { AnyCheck, ApiService, ManifestObject } from '../model.ts';
import apiserviceRejected from './apiservice-rejected.ts';
import { behind } from './behind.ts';
import cabundleNotProvided from './cabundle-not-provided.ts';
import certificateNameMissing from './certificate-name-missing.ts';
import delegatorBindingMissing from './delegator-binding-missing.ts';
import groupReserved from './group-reserved.ts';
import injectionSourceMissing from './injection-source-missing.ts';
import networkPolicyBlocks from './network-policy-blocks-kube-apiserver.ts';
import readerBindingMissing from './reader-binding-missing.ts';
import readinessProbeMissing from './readiness-probe-missing.ts';
import secretNotProvided from './secret-not-provided.ts';
import serviceNotInManifests from './service-not-in-manifests.ts';
import serviceNotSet from './service-not-set.ts';
import serviceTargetPortDiffers from './service-target-port-differs.ts';
import servingCertificateNotVerified from './serving-certificate-not-verified.ts';
import { setsCaBundleLater } from './set-later.ts';

/** Those that only manifests have. */
export const ownChecks: readonly AnyCheck[] = [
  apiserviceRejected,
  serviceNotSet,
  injectionSourceMissing,
  cabundleNotProvided,
  serviceNotInManifests,
  serviceTargetPortDiffers,
  secretNotProvided,
  networkPolicyBlocks,
  servingCertificateNotVerified,
  certificateNameMissing,
  readerBindingMissing,
  delegatorBindingMissing,
  readinessProbeMissing,
  groupReserved,
];
/** Those of clusters that manifests decide. */
const shared = [
  'cabundle-unusable',
  'built-in-group-shadowed',
  'crd-version-shadowed',
  'service-port-missing',
  'service-selects-no-pods',
  'service-target-port-unknown',
];
export const sharedChecks: readonly AnyCheck[] = checks.filter(({ id }) => shared.includes(id));

/** Where the manifests do not hold the pods behind a Service, nothing of these is healthy. */
const ofPods: readonly AnyCheck['hop'][] = ['endpoints', 'network', 'delegation'];
function whereHeld(check: AnyCheck): AnyCheck {
  if (!ofPods.includes(check.hop)) return check;
  const run = (facts: never) => {
    const problems = check.run(facts);
    const { apiService, manifests }: Held = facts;
    const isHeld = (behind(apiService, manifests)?.workloads ?? []).length > 0;
    return problems?.length === 0 && !isHeld ? null : problems;
  };
  return { ...check, needs: [...new Set([...check.needs, 'apiService', 'manifests'])], run };
}
/** What is not applied yet has no condition, and a caBundle that something sets later is a placeholder. */
function beforeApplied(check: AnyCheck): AnyCheck {
  if (check.id !== 'cabundle-unusable') return check;
  const run = ({ apiService, manifests }: Held) =>
    setsCaBundleLater(apiService, manifests) ? null : check.run({ apiService: { ...apiService, available: null } } as never);
  return { ...check, needs: [...check.needs, 'manifests'], run };
}
interface Held {
  readonly apiService: ApiService;
  readonly manifests: readonly ManifestObject[];
}

/** What cannot be applied comes first. */
export const lintChecks: readonly AnyCheck[] = [
  apiserviceRejected,
  ...sharedChecks.map(beforeApplied),
  ...ownChecks.filter((one) => one !== apiserviceRejected),
].map(whereHeld);
