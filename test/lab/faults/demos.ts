/** The demos that ship with aggctl. */
import type { demos } from '../../../src/commands/open-source.ts';
import type { Fault } from './fault.ts';
import { faults } from './index.ts';

const named: Record<(typeof demos)[number], string | null> = {
  'front-proxy-expired': 'front-proxy-client-expired',
  'allowed-names': 'allowed-names-exclude-cn',
  'wrong-cabundle': 'cabundle-not-signer',
  healthy: null,
};

/** Each is a fault of the lab on a control plane with several APIServices. */
export function faultOfDemo(demo: (typeof demos)[number]): Fault | null {
  const name = named[demo];
  const fault = faults.find((one) => one.name === name);
  if (name && !fault) throw new Error(`the lab has no fault ${name}`);
  return fault ?? null;
}
