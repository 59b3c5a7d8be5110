import type { FrontProxyProbe, ProbeAnswer } from '../../src/model.ts';
import { healthy } from '../support/facts.ts';

export const { apiService } = healthy;
export const seenAs = (user: string): ProbeAnswer => ({
  status: 403,
  text: `forbidden: User "${user}" cannot get path "/aggctl-probe"`,
  seenAs: user,
});
export const status = (code: number): ProbeAnswer => ({ status: code, text: '', seenAs: null });
export const probe = (change: Partial<FrontProxyProbe>): { frontProxyProbe: FrontProxyProbe } => ({
  frontProxyProbe: {
    address: '10.96.100.10:443',
    withPair: seenAs('aggctl-probe'),
    without: seenAs('system:anonymous'),
    anonymous: null,
    ...change,
  },
});
export const object = `/apis/${apiService.group}/${apiService.version}/namespaces/default/flunders/aggctl-probe`;
