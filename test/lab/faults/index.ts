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
/** Of kube-apiserver: its flags, its certificates, its ConfigMap, its start. */
export const apiserverFaults: readonly Fault[] = [
  ...credentialFaults,
  ...flagFaults,
  ...frontProxyFaults,
  ...identityFaults,
  ...trustFaults,
  ...pkiFaults,
  ...configMapFaults,
  ...startupFaults,
  ...commandLineFaults,
  ...readerFaults,
  ...healthyVariants,
];
/** Of one APIService: its registration, its Service, the way there, and what it answers. */
export const behindFaults: readonly Fault[] = [
  ...apiServiceFaults,
  ...registrationFaults,
  ...openAPIFaults,
  ...serviceFaults,
  ...familyFaults,
  ...wayFaults,
  ...loadFaults,
  ...serviceVariants,
];
export const faults: readonly Fault[] = [...apiserverFaults, ...behindFaults];
