import type { ApiService, Backend, BackendEndpoints, Flags, Observed, Route } from '../../model.ts';
import { flags } from '../apiserver/flags.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { known } from '../shared/observed.ts';
import { apiservice } from './apiservice.ts';
import { backend } from './backend.ts';
import { backendEndpoints } from './backend-endpoints.ts';

/** null: nothing tells. */
export const route = fact({
  name: 'route',
  of: apiservice,
  needs: { backend: maybe(backend), backendEndpoints: maybe(backendEndpoints), flags: maybe(each(flags)) },
  read: ({ flags, ...behind }, _, one) => routeOf(one, behind, flags.ok ? flags.value.map(({ observed }) => observed) : []),
});

interface Behind {
  readonly backend: Observed<Backend | null>;
  readonly backendEndpoints: Observed<BackendEndpoints | null>;
}

/**
 * By the host in the condition's text, which is what was dialled; else by `--enable-aggregator-routing` where all kube-apiservers whose
 * flags are visible agree: an absent flag is false (kubernetes/kubernetes, cmd/kube-apiserver/app/options/options.go, v1.37).
 */
export function routeOf(
  { available }: ApiService,
  { backend, backendEndpoints }: Behind,
  apiservers: readonly Observed<Flags>[],
): Observed<Route | null> {
  const host = /https:\/\/(\[[^\]]+\]|[^:/]+):\d+\/apis\//.exec(available?.message ?? '')?.[1]?.replace(/[[\]]/g, '');
  const clusterIP = backend.ok ? backend.value?.service?.clusterIP : null;
  const addresses = backendEndpoints.ok ? (backendEndpoints.value?.addresses ?? []) : [];
  const dialled = (to: Route['to']) => known({ to, evidence: `the condition names the ${to === 'pod' ? "pod's address" : to}, ${host}` });
  if (host && host === clusterIP) return dialled('ClusterIP');
  if (host && addresses.some(({ address }) => address === host)) return dialled('pod');
  const routing = apiservers.map((flags) => (flags.ok ? (flags.value.byName['enable-aggregator-routing']?.value ?? 'false') : null));
  const [first] = routing;
  if (!first || routing.some((one) => one !== first)) return known(null);
  return known({
    to: isTrue(first) ? 'pod' : 'ClusterIP',
    evidence: `kube-apiserver runs ${isTrue(first) ? 'with' : 'without'} \`--enable-aggregator-routing\``,
  });
}
const isTrue = (value: string) => /^(1|t|true)$/i.test(value);
