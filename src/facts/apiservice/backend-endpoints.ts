import type { BackendEndpoints } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import type { SliceObject } from '../shared/objects.ts';
import { map } from '../shared/observed.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { service } from './service.ts';

export const backendEndpoints = fact({
  name: 'backendEndpoints',
  of: apiservice,
  needs: { behind, service },
  read: ({ behind, service }) => (behind === 'all' && service ? map(service.slices, readSlices) : nobodyLooked),
});

/** The addresses of the slices. */
export function readSlices(slices: readonly SliceObject[]): BackendEndpoints {
  const portsOf = ({ ports }: SliceObject) => (ports ?? []).map(({ name = '', port = null }) => ({ name, port }));
  return {
    slices: slices.map(({ metadata }) => metadata?.name ?? ''),
    addresses: slices.flatMap((slice) =>
      (slice.endpoints ?? []).flatMap(({ addresses, conditions, nodeName, targetRef }) =>
        (addresses ?? []).map((address) => ({
          slice: slice.metadata?.name ?? '',
          address,
          // Not said counts as ready: k8s.io/api, discovery/v1/types.go (EndpointConditions).
          ready: conditions?.ready ?? true,
          node: nodeName ?? null,
          pod: targetRef?.kind === 'Pod' ? (targetRef.name ?? null) : null,
          ports: portsOf(slice),
        })),
      ),
    ),
    portNames: [...new Set(slices.flatMap(portsOf).map(({ name }) => name))],
  };
}
