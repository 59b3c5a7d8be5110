import type { AnyCheck } from '../../model.ts';
import authenticationReaderMissing from './authentication-reader-missing.ts';
import endpointPortNameMismatch from './endpoint-port-name-mismatch.ts';
import endpointsMissing from './endpoints-missing.ts';
import extensionServerCannotStart from './extension-server-cannot-start.ts';
import extensionServerCrashes from './extension-server-crashes.ts';
import extensionServerImageUnavailable from './extension-server-image-unavailable.ts';
import extensionServerNotAdmitted from './extension-server-not-admitted.ts';
import extensionServerNotReady from './extension-server-not-ready.ts';
import extensionServerScaledToZero from './extension-server-scaled-to-zero.ts';
import extensionServerUnschedulable from './extension-server-unschedulable.ts';
import internalTrafficPolicyWithoutPod from './internal-traffic-policy-without-pod.ts';
import serviceIsKubeApiserver from './service-is-kube-apiserver.ts';
import serviceMissing from './service-missing.ts';
import serviceNotRoutable from './service-not-routable.ts';
import servicePortMissing from './service-port-missing.ts';
import serviceSelectsNoPods from './service-selects-no-pods.ts';
import serviceSelectsWrongPods from './service-selects-wrong-pods.ts';
import serviceTargetPortUnknown from './service-target-port-unknown.ts';
import serviceTargetPortWrong from './service-target-port-wrong.ts';

/** In the order in which a request meets what they check. */
export const serviceAndPods: readonly AnyCheck[] = [
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
];
