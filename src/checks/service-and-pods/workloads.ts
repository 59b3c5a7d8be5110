/** The workloads that create the pods of a Service. */
import type { Backend, BackendWorkload } from '../../model.ts';

/** The workloads whose pods have every label of the selector. */
export const makesPodsFor = (backend: Backend | null, workloads: readonly BackendWorkload[] | null): readonly BackendWorkload[] => {
  const selector = Object.entries(backend?.service?.selector ?? {});
  return selector.length === 0 ? [] : (workloads ?? []).filter(({ labels }) => selector.every(([key, value]) => labels[key] === value));
};
