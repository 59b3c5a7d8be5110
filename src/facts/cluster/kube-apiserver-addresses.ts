import { readEndpoints } from '../cluster.ts';
import { announcedAddresses } from '../endpoints.ts';
import { fact, maybe } from '../engine/declare.ts';

/** Where kube-apiservers announce themselves: the EndpointSlices of Service default/kubernetes. */
export const kubeApiserverAddresses = fact({ name: 'kubeApiserverAddresses', read: (_, ask) => readEndpoints(ask) });
/** Those that can be asked one by one, as `host:port`; [] when there is one alone. */
export const announced = fact({
  name: 'announced',
  internal: true,
  needs: { addresses: maybe(kubeApiserverAddresses) },
  from: ({ addresses }) => announcedAddresses(addresses),
});
