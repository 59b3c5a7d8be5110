/**
 * The tour, in its order. All that the conformance test of Kubernetes proves is proven here, too: test/lab/conformance.ts compares them step
 * by step. `identity`, the watch, patch and rejection in `data`, and all of `preflight` go beyond it.
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
