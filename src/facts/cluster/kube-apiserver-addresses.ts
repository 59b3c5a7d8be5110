import { hostPort } from '../../format.ts';
import type { Ask, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';
import { sliceObject, slicesPath } from '../shared/objects.ts';

/** Where kube-apiservers announce themselves: the EndpointSlices of Service default/kubernetes. */
export const kubeApiserverAddresses = fact({ name: 'kubeApiserverAddresses', read: (_, ask) => readEndpoints(ask) });
/** Those that can be asked one by one, as `host:port`; [] when there is one alone. */
export const announced = fact({
  name: 'announced',
  internal: true,
  needs: { addresses: maybe(kubeApiserverAddresses) },
  from: ({ addresses }) => announcedAddresses(addresses),
});

/** Where a kube-apiserver announces itself. */
interface Announced {
  readonly address: string;
  readonly port: number;
}

async function readEndpoints(ask: Ask): Promise<Observed<readonly Announced[]>> {
  const slices = await list(ask, slicesPath('default', 'kubernetes'), sliceObject);
  if (!slices.ok) return slices;
  const value = slices.value.flatMap(({ endpoints = [], ports = [] }) =>
    endpoints.flatMap(({ addresses = [] }) => addresses.map((address) => ({ address, port: ports[0]?.port ?? 443 }))),
  );
  return { ok: true, value };
}

/** Their addresses as `host:port`; none when there is only one to ask. */
const announcedAddresses = (announced: Observed<readonly Announced[]>): readonly string[] => {
  const addresses = announced.ok ? [...new Set(announced.value.map(({ address, port }) => hostPort(address, port)))] : [];
  return addresses.length > 1 ? addresses : [];
};
