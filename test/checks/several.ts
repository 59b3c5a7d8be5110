import type { Endpoint } from '../../src/model.ts';
import { flags } from '../support/facts.ts';

export const same = flags({});
export const endpoint = (number: number, change: Partial<Endpoint> = {}): Endpoint => ({
  address: `192.0.2.${9 + number}:6443`,
  node: `cp-${number}`,
  version: { ok: true, value: 'v1.37.2' },
  ...change,
});
export const silent = { version: { ok: false, why: 'unreachable', message: 'It refused the connection.' } } as const;
