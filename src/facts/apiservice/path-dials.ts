import type { ApiService, Dial } from '../../model.ts';
import { egressSelector } from '../apiserver/egress-selector.ts';
import { proxied } from '../apiserver/proxied.ts';
import { moment } from '../cluster/now.ts';
import { valuesOf } from '../cluster/of-each.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { presented } from './presented.ts';
import { presentedFaults } from './presented-faults.ts';

/** A connection from this node, and why kube-apiserver cannot use what is there; '': it can, as far as TCP and TLS show. */
export type JudgedDial = Pick<Dial, 'to' | 'address' | 'pod'> & { readonly fault: string };

/** Over the path that kube-apiserver takes; [] where that leads through a tunnel or a proxy, or nobody dialed. */
export const pathDials = fact({
  name: 'pathDials',
  of: apiservice,
  internal: true,
  needs: { presented: maybe(presented), egress: maybe(each(egressSelector)), proxied: maybe(each(proxied)), moment },
  from: ({ presented, egress, proxied, moment }, one): readonly JudgedDial[] => {
    const tunneled = egress.ok && valuesOf(egress.value).some((selector) => selector?.cluster);
    const through = proxied.ok && valuesOf(proxied.value).some((proxy) => (proxy?.through.length ?? 0) > 0);
    const dials = presented.ok && presented.value?.dials.ok ? presented.value.dials.value : null;
    return tunneled || through ? [] : (dials ?? []).map((dial) => judgedDial(one, dial, moment));
  },
});

export function judgedDial(service: ApiService, { to, address, pod, connected, chain, happened }: Dial, at: Date): JudgedDial {
  const [fault] = connected && !service.insecureSkipTLSVerify ? presentedFaults(service, { chain, at: { probe: address } }, at) : [];
  return { to, address, pod, fault: connected ? (fault?.text ?? '') : happened || 'it does not complete a TLS handshake' };
}
