import type { ApiService, Failure } from '../../model.ts';
import type { Of } from '../engine/declare.ts';
import { observedAt } from './of-each.ts';

/** Each APIService with the reason why it does not serve. */
export const served = (services: readonly Of<ApiService>[], failures: readonly Of<Failure | null>[]) =>
  services.flatMap(({ observed }, index) => {
    const failure = observedAt(failures, index);
    return observed.ok ? [{ service: observed.value, failure: failure.ok ? failure.value : null }] : [];
  });
