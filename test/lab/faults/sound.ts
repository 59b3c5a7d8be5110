/** Sound clusters that the lab records as they are: nothing is injected, and aggctl finds nothing. */
import type { Declared } from './fault.ts';

/** What aggctl says of a sound cluster. */
export const nothing = { finds: [], status: 0 } as const;

const names = [
  'healthy',
  'healthy-ecdsa',
  'upgrade-healthy',
  'metrics-server-healthy',
  'metrics-server-healthy-node',
  'custom-metrics-healthy',
  'custom-metrics-two-providers-healthy',
  'keda-healthy',
  'keda-healthy-node',
  'kueue-healthy',
  'kueue-healthy-node',
  'konnectivity-grpc-healthy',
  'konnectivity-grpc-healthy-node',
  'konnectivity-httpconnect-healthy',
  'konnectivity-httpconnect-healthy-node',
];
export const soundClusters: readonly Declared[] = names.map((name) => ({ name, ...nothing }));
