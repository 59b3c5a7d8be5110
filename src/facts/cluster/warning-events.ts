import { apiService } from '../apiservice/api-service.ts';
import { named } from '../apiservice/first-failure.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { readWarnings } from '../history.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { valuesOf } from './of-each.ts';
import { pastWanted } from './past.ts';

/** Of the namespaces of the Services that were asked for. */
export const warningEvents = fact({
  name: 'warningEvents',
  needs: { pastWanted, services: maybe(each(apiService)), named: maybe(each(named)) },
  read: ({ pastWanted, services, named }, ask) => {
    if (!pastWanted || !services.ok || !named.ok) return nobodyLooked;
    const wanted = valuesOf(services.value).filter((_, index) => valuesOf(named.value)[index]);
    return readWarnings(ask, [...new Set(wanted.map(({ service }) => service.namespace))]);
  },
});
