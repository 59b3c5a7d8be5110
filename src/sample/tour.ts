/**
 * The tour, in its order. What the conformance test of Kubernetes proves (k8s.io/kubernetes v1.37.2, test/e2e/apimachinery/aggregator.go),
 * and where it is proven here:
 *
 * - certificates, Secret, roles and bindings, ServiceAccount: `access`, `certificate`
 * - Deployment with a readiness probe over HTTPS, etcd beside it; Service: `rollout`
 * - APIService with caBundle, available with `all checks passed`; patches of it, its status written, found by label in a list: `registration`
 * - the group version in discovery: `discovery`
 * - Flunders created, got, listed, deleted, and gone from the list: `data`, which watches, patches and lets admission refuse one besides
 * - APIServices deleted as a collection by their label; then all else: `removal`
 *
 * `identity`, and every look of `preflight`, go beyond it.
 */
import type { SampleStep } from './step.ts';
import { access } from './steps/access.ts';
import { certificate } from './steps/certificate.ts';
import { data } from './steps/data.ts';
import { discovery } from './steps/discovery.ts';
import { identity } from './steps/identity.ts';
import { preflight } from './steps/preflight.ts';
import { registration } from './steps/registration.ts';
import { rollout } from './steps/rollout.ts';

export { removal } from './steps/removal.ts';
export { serverDryRun } from './steps/server-dry-run.ts';
export { preflight };
/** What follows `preflight`, which changes nothing. */
export const tour: readonly SampleStep[] = [access, certificate, rollout, registration, discovery, data, identity];
