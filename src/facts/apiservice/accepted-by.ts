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
/** Name of an APIService of another server, which accepts kube-apiserver's certificate: what this one holds against it is its own; null: none. */
export const acceptedBy = fact({
  name: 'acceptedBy',
  of: apiservice,
  needs: { accepting },
  from: ({ accepting }, { service: { namespace, name } }) =>
    accepting.find(({ service }) => service.namespace !== namespace || service.name !== name)?.name ?? null,
});
