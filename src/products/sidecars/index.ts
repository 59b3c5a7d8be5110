/** Which service mesh has its proxy before a pod, and how a port is excluded from it. Pure. */
import { consul } from './consul.ts';
import { istio } from './istio.ts';
import { istioAmbient } from './istio-ambient.ts';
import { kuma } from './kuma.ts';
import { linkerd } from './linkerd.ts';
import { openServiceMesh } from './open-service-mesh.ts';
import type { Sidecar } from './sidecar.ts';

const sidecars: readonly Sidecar[] = [istio, istioAmbient, linkerd, kuma, consul, openServiceMesh];

/** The proxy before a pod: its container, else what the mesh of the annotation calls it; null: there is none. */
export function meshProxyOf(containers: readonly string[], annotations: readonly string[]): string | null {
  const container = containers.find((name) => sidecars.some(({ proxies }) => proxies.includes(name)));
  return container ?? sidecars.find((one) => one.annotations.some((key) => annotations.includes(key)))?.proxies[0] ?? null;
}

/** Whether a service mesh gives certificates for such names. */
export const isMeshName = (name: string): boolean => sidecars.some(({ presents }) => presents.test(name));

/** The sentence that takes the server's port out of the mesh, without its end; `proxy` is the mesh's, if it is known. */
export function exclusion(proxy: string | null): string {
  const own = sidecars.find(({ proxies }) => proxy !== null && proxies.includes(proxy));
  const known = own ? (own.excludes ? [own.excludes] : []) : ([istio.excludes, linkerd.excludes] as const).flatMap((one) => one ?? []);
  const how = known.length > 0 ? `: ${known.map((one) => `\`${one}\``).join(' or ')} on the pod template` : '';
  return `Exclude the extension API server's port from the mesh, because kube-apiserver is not in the mesh${how}`;
}
