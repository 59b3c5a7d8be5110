/** What sets the caBundle of an APIService after it is applied. */
import { mayWrite } from '../manifests/rights.ts';
import type { ApiService, ManifestObject } from '../model.ts';
import { injectorOf } from '../owners/issuer.ts';

/**
 * An annotation has it injected, or a role lets something patch it in: some servers do themselves (open-policy-agent/cert-controller), others by a
 * Job of their chart (kube-webhook-certgen). What the manifest says is a placeholder then, such as `Cg==` (kubevela/kubevela, charts/vela-core).
 */
export const setsCaBundleLater = (apiService: ApiService, manifests: readonly ManifestObject[]): boolean =>
  injectorOf(apiService) !== null ||
  mayWrite(manifests, { group: 'apiregistration.k8s.io', resources: ['apiservices'], verbs: ['update', 'patch'] });
