import { valuesOf } from '../cluster/of-each.ts';
import { each, fact } from '../engine/declare.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { failure } from './failure.ts';

/** APIServices whose extension servers answer kube-apiserver's probe. */
const accepting = fact({
  name: 'accepting',
  internal: true,
  needs: { services: each(apiService), failures: each(failure) },
  from: ({ services, failures }) =>
    valuesOf(services).filter((one, index) => {
      const its = failures[index]?.observed;
      return one.available?.status === 'True' && its?.ok === true && its.value === null;
    }),
});
/**
 * Name of another APIService whose server accepts kube-apiserver's certificate, be it the same server: what is held against it here has
 * another reason than the pair; null: none.
 */
export const acceptedBy = fact({
  name: 'acceptedBy',
  of: apiservice,
  needs: { accepting },
  from: ({ accepting }, { name }) => accepting.find((other) => other.name !== name)?.name ?? null,
});
