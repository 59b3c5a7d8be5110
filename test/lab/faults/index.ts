/** The faults that the lab injects into a sound control plane, and exactly what aggctl must find then. */
import { apiServiceFaults } from './api-services.ts';
import { commandLineFaults } from './command-line.ts';
import { configMapFaults } from './configmap.ts';
import { credentialFaults } from './credentials.ts';
import type { Fault } from './fault.ts';
import { flagFaults } from './flags.ts';
import { frontProxyFaults } from './front-proxy.ts';
import { healthyVariants } from './healthy.ts';
import { identityFaults } from './identity.ts';
import { loadFaults } from './load.ts';
import { openAPIFaults } from './openapi.ts';
import { pkiFaults } from './pki.ts';
import { readerFaults } from './readers.ts';
import { registrationFaults } from './registration.ts';
import { familyFaults, serviceFaults, serviceVariants } from './services.ts';
import { startupFaults } from './startup.ts';
import { trustFaults } from './trust.ts';
import { wayFaults } from './way.ts';

export type { Fault, Lab } from './fault.ts';
/** Of kube-apiserver: its flags and its front-proxy pair. */
export const apiserverFaults: readonly Fault[] = [
  ...credentialFaults,
  ...flagFaults,
  ...frontProxyFaults,
  ...identityFaults,
  ...trustFaults,
];
/** Of kube-apiserver: its CAs, its ConfigMap, its start. */
export const startFaults: readonly Fault[] = [
  ...pkiFaults,
  ...configMapFaults,
  ...startupFaults,
  ...commandLineFaults,
  ...readerFaults,
  ...healthyVariants,
];
/** Of one APIService: its registration, and what its server answers. */
export const behindFaults: readonly Fault[] = [...apiServiceFaults, ...registrationFaults, ...openAPIFaults];
/** Of one APIService: its Service, and the way there. */
export const servedFaults: readonly Fault[] = [...serviceFaults, ...familyFaults, ...wayFaults, ...loadFaults, ...serviceVariants];
export const faults: readonly Fault[] = [...apiserverFaults, ...startFaults, ...behindFaults, ...servedFaults];
