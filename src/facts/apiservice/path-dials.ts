import type { ApiService, Dial, EgressSelector, Flags, Observed } from '../../model.ts';
import { egressSelector } from '../apiserver/egress-selector.ts';
import { flags } from '../apiserver/flags.ts';
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
  needs: {
    presented: maybe(presented),
    flags: maybe(each(flags)),
    egress: maybe(each(egressSelector)),
    proxied: maybe(each(proxied)),
    moment,
  },
  from: ({ presented, flags, egress, proxied, moment }, one): readonly JudgedDial[] => {
    const selectors = egress.ok ? egress.value.map(({ observed }) => observed) : [];
    const tunneled = flags.ok && flags.value.some(({ observed }, index) => mayTunnel(observed, selectors[index]));
    const through = proxied.ok && valuesOf(proxied.value).some((proxy) => (proxy?.through.length ?? 0) > 0);
    const dials = presented.ok && presented.value?.dials.ok ? presented.value.dials.value : null;
    return tunneled || through ? [] : (dials ?? []).map((dial) => judgedDial(one, dial, moment));
  },
});

/** Whether kube-apiserver could use what is at these addresses: all of them, or none; null: some, or nobody dialed. */
export function reachedBy(dials: readonly JudgedDial[]): 'all' | 'none' | null {
  if (dials.length === 0) return null;
  if (dials.every(({ fault }) => fault === '')) return 'all';
  return dials.every(({ fault }) => fault !== '') ? 'none' : null;
}

/** A selector that nobody can read may be one for the cluster. */
const mayTunnel = (flags: Observed<Flags>, selector: Observed<EgressSelector | null> | undefined): boolean =>
  flags.ok &&
  flags.value.byName['egress-selector-config-file'] !== undefined &&
  !(selector?.ok && selector.value?.fault === null && !selector.value.cluster);

export function judgedDial(service: ApiService, { to, address, pod, connected, chain, happened }: Dial, at: Date): JudgedDial {
  const [fault] = connected && !service.insecureSkipTLSVerify ? presentedFaults(service, { chain, at: { probe: address } }, at) : [];
  return { to, address, pod, fault: connected ? (fault?.text ?? '') : happened || 'it does not complete a TLS handshake' };
}
